/** For tests: the page's terminals on a real room in memory, with all that one can type there. */
import { sharedFiles } from '../../scripts/check-lessons/runners/run-terminal.ts';
import { memory } from '../../scripts/check-lessons/rooms/memory.ts';
import { BrokerMachine } from '../../src/workbench/terminal/broker/machine.ts';
import { DockerEngine } from '../../src/workbench/terminal/docker/engine.ts';
import type { Program } from '../../src/workbench/terminal/programs/program.ts';
import { mosquittoPrograms } from '../../src/workbench/terminal/programs/programs.ts';
import { noInput } from '../../src/workbench/terminal/programs/streams.ts';
import { roomCommands } from '../../src/workbench/terminal/room/commands.ts';
import { roomLines } from '../../src/workbench/terminal/room/room-line.ts';
import { Shell } from '../../src/workbench/terminal/shell/shell.ts';
import { utilities } from '../../src/workbench/terminal/shell/utilities.ts';
import type { BrokerFiles, Scene } from '../protocol/exercise.ts';
import { usualMosquitto } from '../protocol/mosquitto.ts';

/** A typed line: what it has written, how to press Ctrl-C, and its exit status. */
export interface TypedRun {
  text(): string;
  /** Resolves once it has written that; rejects if it ends before. */
  says(what: string): Promise<void>;
  interrupt(): void;
  status: Promise<number>;
}

export async function openTerminals(files: BrokerFiles, scene: Scene = {}) {
  const kept = { ...files };
  const exercise = { devices: [], scene: { ...scene, files }, checks: [] };
  const room = await memory.open('terminal', exercise, kept);
  const listeners = new Set<() => void>();
  room.onChange = () => listeners.forEach((listener) => listener());
  let run = 0;
  const edited: string[] = [];
  let contained: (() => BrokerFiles) | undefined;
  const machine = new BrokerMachine({
    process: async () => (await room.view()).state.process,
    ports: async () => (await room.view()).state.listeners?.map(({ port }) => port) ?? [1883],
    operate: (deed, given) => room.operate(deed, given ?? kept),
    ...{ problems: () => [], log: () => [] },
    contain: (given) => void (contained = given),
    run: () => run,
    began: () => Date.now(),
    entries: () => room.entries(),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  const docker = new DockerEngine(machine);
  const roomFiles = sharedFiles(kept);
  const ended = new AbortController();
  const lines = {
    connect: () => Promise.resolve(),
    openLine: (...line: Parameters<typeof room.openLine>) => room.openLine(...line),
  };

  function terminal(number = 1) {
    const programs = new Map<string, Program>([...utilities, ...mosquittoPrograms]);
    const shell = new Shell({
      ...{
        programs,
        files: roomFiles,
        cwd: '/etc/mosquitto',
        variables: { HOME: '/home/learner' },
      },
      mosquitto: () => kept.mosquitto ?? scene.mosquitto ?? usualMosquitto,
      connect: roomLines(lines, `terminal-${number}`, 'course.lan', () => kept, {
        machines: scene.machines,
      }),
      message: (key, construct) => `${key} ${construct}`,
    });
    const own = {
      ...{ words: (key: string) => `<${key}>`, isInPage: () => true, shell: () => shell },
      ...{
        history: () => [],
        programs,
        clear() {},
        machine,
        docker,
        edit: (file: string) => void edited.push(file),
        hasService: !scene.docker,
      },
    };
    for (const [name, command] of roomCommands(own)) programs.set(name, command);

    return (line: string): TypedRun => {
      let text = '';
      let isOver = false;
      const waiting = new Set<() => void>();
      const write = (chunk: string | Uint8Array): void => {
        text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
        for (const look of waiting) look();
      };
      const interrupt = new AbortController();
      ended.signal.addEventListener('abort', () => interrupt.abort());
      const status = shell
        .run(line, {
          ...{ stdin: noInput, stdout: { write }, stderr: { write }, signal: interrupt.signal },
          askSecret: () => Promise.resolve(null),
        })
        .finally(() => {
          isOver = true;
          for (const look of waiting) look();
        });
      return {
        text: () => text,
        says: (what) =>
          new Promise((resolve, reject) => {
            const look = (): void => {
              if (text.includes(what)) resolve();
              else if (isOver) reject(new Error(`${line} ended without “${what}”: ${text}`));
            };
            waiting.add(look);
            look();
          }),
        interrupt: () => interrupt.abort(),
        status,
      };
    };
  }

  return {
    ...{ room, machine, docker, files: kept, terminal, edited },
    /** The line's output and exit status. */
    async type(line: string): Promise<{ text: string; status: number }> {
      const typed = terminal()(line);
      const status = await typed.status;
      return { text: typed.text(), status };
    },
    /** A new run. */
    async reset(): Promise<void> {
      run += 1;
      await room.reset(contained?.() ?? kept);
      for (const listener of listeners) listener();
    },
    async close(): Promise<void> {
      ended.abort();
      await room.close();
    },
  };
}

/** The page's terminals: its own shell and programs, on lines of the room. */
import { mosquittoPrograms } from '../../../src/workbench/terminal/programs/programs.ts';
import {
  ConnectionError,
  type FileSystem,
  type Program,
  type ProgramIo,
} from '../../../src/workbench/terminal/programs/program.ts';
import { lineReports, reported } from '../../../src/workbench/terminal/programs/reported.ts';
import { roomCommands } from '../../../src/workbench/terminal/room/commands.ts';
import type { DockerEngine } from '../../../src/workbench/terminal/docker/engine.ts';
import type { BrokerMachine } from '../../../src/workbench/terminal/broker/machine.ts';
import { brokerHome, RoomDisk } from '../../../src/workbench/terminal/room/room-disk.ts';
import { RoomFiles } from '../../../src/workbench/terminal/room/room-files.ts';
import { noInput } from '../../../src/workbench/terminal/programs/streams.ts';
import { Shell } from '../../../src/workbench/terminal/shell/shell.ts';
import { utilities } from '../../../src/workbench/terminal/shell/utilities.ts';
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import { namesFor, type Machines } from '../../../sandbox/protocol/machines.ts';
import { usualMosquitto, type MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';
import type { LineChunk } from '../../../src/workbench/device/messages.ts';
import type { RoomUnderTest } from '../rooms/room-under-test.ts';
import type { RunContext, Runner } from './runner.ts';
import type { TypedLine } from './terminal-script.ts';

/** The broker's files, which the terminal and the page's panel share. */
export function sharedFiles(files: BrokerFiles): FileSystem {
  const save = (now: BrokerFiles): void => {
    for (const name of Object.keys(files)) delete files[name as keyof BrokerFiles];
    Object.assign(files, now);
  };
  return new RoomFiles(new RoomDisk({ load: () => files, save, log: () => '' }));
}

export interface TerminalContext extends RunContext {
  room: Pick<RoomUnderTest, 'openLine' | 'device'>;
  /** The broker's machine, with its process. */
  machine: BrokerMachine;
  docker: DockerEngine;
  hasService: boolean;
  files: FileSystem;
  /** The exercise's Mosquitto; default: the usual one. */
  mosquitto?: MosquittoVersion | undefined;
  /** Those of the exercise. */
  machines?: Machines | undefined;
  /**
   * Resolves when the typed command has ended or has subscribed: then the learner types the next
   * one.
   */
  settledOr(ended: Promise<unknown>): Promise<void>;
}

interface Terminal {
  shell: Shell;
  lines: ReturnType<typeof lineReports>;
  /** Resolves when the line that runs has ended. */
  busy: Promise<void>;
  isBusy: boolean;
}

export function runTerminal(typed: readonly TypedLine[], context: TerminalContext): Runner {
  const interrupt = new AbortController();
  context.signal.addEventListener('abort', () => interrupt.abort(), { once: true });
  const shells = new Map<number, Terminal>();
  const shellOf = (terminal: number) => {
    const known = shells.get(terminal);
    if (known) return known;
    const lines = lineReports(`terminal-${terminal}`, (...what) => context.room.device(...what));
    const made = { shell: makeShell(terminal, lines, context), lines, busy: Promise.resolve() };
    shells.set(terminal, { ...made, isBusy: false });
    return shells.get(terminal)!;
  };
  const type = async () => {
    for (const { terminal, line } of typed) {
      const at = shellOf(terminal);
      // As in the page: what is typed while a command runs waits for its end.
      if (at.isBusy) at.lines.waiting(line);
      await at.busy;
      if (interrupt.signal.aborted) return;
      at.isBusy = true;
      at.busy = typeLine(at.shell, terminal, line, { ...context, signal: interrupt.signal }).then(
        (status) => {
          at.isBusy = false;
          at.lines.ended(line, status);
        },
      );
      await context.settledOr(at.busy);
    }
    await Promise.all([...shells.values()].map(({ busy }) => busy));
  };
  return { done: type(), stop: () => interrupt.abort() };
}

async function typeLine(
  shell: Shell,
  terminal: number,
  line: string,
  { log, signal }: RunContext,
): Promise<number> {
  const write = (chunk: string | Uint8Array) =>
    log(
      `terminal ${terminal}: ${typeof chunk === 'string' ? chunk : Buffer.from(chunk)}`.trimEnd(),
    );
  log(`terminal ${terminal} $ ${line}`);
  return shell.run(line, {
    stdin: noInput,
    stdout: { write },
    stderr: { write },
    signal,
    askSecret: () => Promise.resolve(null),
  });
}

function makeShell(terminal: number, lines: Terminal['lines'], context: TerminalContext): Shell {
  const { room, machine, docker, hasService, files, mosquitto, machines, signal } = context;
  const programs = new Map<string, Program>([
    ...utilities,
    ...reported(mosquittoPrograms, lines.program),
  ]);
  const shell = new Shell({
    programs,
    files,
    mosquitto: () => mosquitto ?? usualMosquitto,
    connect: lineOpener(`terminal-${terminal}`, room, signal, machines),
    cwd: brokerHome,
    variables: { HOME: brokerHome },
    message: (key, construct) => `${key} ${construct}`,
  });
  const own = {
    words: (key: string) => key,
    isInPage: () => true,
    shell: () => shell,
    history: () => [],
    programs,
    clear: () => {},
    edit: () => {},
    ...{ machine, docker, hasService },
  };
  for (const [name, command] of roomCommands(own)) programs.set(name, command);
  return shell;
}

/** As in the page: the room is this machine, and nothing else can be reached. */
const lineOpener =
  (
    name: string,
    room: TerminalContext['room'],
    signal: AbortSignal,
    machines: Machines | undefined,
  ): ProgramIo['connect'] =>
  async (target, events) => {
    const isNamed = namesFor(machines, name).includes(target.host);
    if (!isNamed && !['localhost', '127.0.0.1', '::1'].includes(target.host))
      throw new ConnectionError('unknown-host');
    if (target.tls) throw new ConnectionError('tls');
    const { port1: near, port2: far } = new MessageChannel();
    let heard = false;
    near.onmessage = ({ data }: MessageEvent<LineChunk>) => {
      if (typeof data === 'string') return;
      if (data !== null) {
        heard = true;
        return events.data(data);
      }
      events.closed(heard ? 'lost' : 'refused');
      near.close();
    };
    void room.openLine(name, far as never, signal, {
      port: target.port,
      protocol: target.webSocket ? 'websockets' : 'mqtt',
      ...(isNamed || /^(?:127\.|::1$)/.test(target.host) ? { host: target.host } : {}),
      ...(target.isInContainer && !isNamed && { host: 'container' }),
    });
    return {
      send: (bytes) => near.postMessage(Uint8Array.from(bytes)),
      close: () => near.postMessage(null satisfies LineChunk),
    };
  };

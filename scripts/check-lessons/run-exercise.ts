/** Runs a set of programs in a room until the checks are decided. */
import { kindOf } from '../../sandbox/mqtt/packet.ts';
import {
  hasFiles as holdsFiles,
  type BrokerFiles,
  type CheckResult,
} from '../../sandbox/protocol/exercise.ts';
import { hostsOf } from '../../sandbox/protocol/hosts.ts';
import type { TraceEntry } from '../../sandbox/protocol/trace.ts';
import { DockerEngine } from '../../src/workbench/terminal/docker/engine.ts';
import { BrokerMachine } from '../../src/workbench/terminal/broker/machine.ts';
import { armedFaultsOf } from './armed-faults.ts';
import { decision } from './decision.ts';
import { brokerFilesOf, type ExerciseFiles, type Programs } from './lesson.ts';
import { startingLine } from '../../src/workbench/device/node-worker.ts';
import { quietness, type Quietness } from './quietness.ts';
import { areThere, startAfter } from './runners/after-devices.ts';
import { runDevice } from './runners/run-device.ts';
import { hasInterpreter, isOutside, runOutsideProgram } from './runners/run-outside-program.ts';
import type { Runner } from './runners/runner.ts';
import { runTerminal, sharedFiles } from './runners/run-terminal.ts';
import { bundledThread } from './runners/device-thread.ts';
import { readTerminalScript, type TypedLine } from './runners/terminal-script.ts';
import { settled, type RoomSource, type RoomUnderTest } from './rooms/room-under-test.ts';

/**
 * A program may run for ever. After so many heartbeats (of half a second) of each program without
 * an event in the room all are stopped, as a learner would stop them. A program may pause for up to
 * three seconds, so that another comes first.
 */
const QUIET_BEATS = 8;
/** Processes have no heartbeat of their own; this time, in milliseconds, counts as one. */
const BEAT_MS = 500;
/** Mosquitto's, of a broker without files. */
const usualPort = 1883;
const QUIET_BEATS_OF_PROCESSES = 10;
/** As long as one has neither connected nor ended: on a busy machine Python takes seconds to begin. */
const QUIET_BEATS_BEFORE_THEY_CAME = 60;
export interface ExerciseOutcome {
  results: CheckResult[];
  /** The output of the programs, for the report of a failure. */
  output: string[];
  entries: readonly TraceEntry[];
  /** Every program is over and every line closed: nothing more would have come. */
  complete: boolean;
}

/**
 * Whether a set can run in rooms of this kind: programs outside the page need a server and an
 * interpreter.
 */
export const isRunnable = (source: RoomSource, programs: Programs): boolean =>
  [...programs.keys()].filter(isOutside).every((name) => source.overTcp && hasInterpreter(name));

/**
 * All programs at once, as the page starts them. Over when every check is true, or when every
 * program is over and its lines are closed.
 * @throws Error if that doesn't happen in time, or if the results that the room sends differ from
 *   those of its trace
 */
export async function runExercise(
  source: RoomSource,
  files: ExerciseFiles,
  programs: Programs,
  options: {
    /** Stay until the programs are over, though the checks are true before; not long (`LINGER_BEATS`). */
    linger?: boolean;
  } = {},
): Promise<ExerciseOutcome> {
  const { id, exercise } = files;
  const brokerFiles = brokerFilesOf(files, programs);
  const hasFiles = holdsFiles(brokerFiles);
  const room = await source.open(id, exercise, brokerFiles);
  const abort = new AbortController();
  const { signal } = abort;
  const output: string[] = [];
  const log = (line: string) => void output.push(line);
  const devices = exercise.devices.map((file) => file.replace(/\.ts$/, ''));
  const runners: Runner[] = [];
  const quiet = quietness(room, () => runners.forEach((runner) => runner.stop()));
  const waits: (() => void)[] = [];
  const shared = sharedFiles(brokerFiles);
  /** Programs whose end must be in the trace: devices, typed programs, and processes outside. */
  const reporting = [...devices];
  let run = 0;
  let began = Date.now();
  let contained: (() => BrokerFiles) | undefined;
  const machine = new BrokerMachine({
    process: async () => (await room.view()).state.process,
    ports: async () => (await room.view()).state.listeners?.map(({ port }) => port) ?? [usualPort],
    operate: (deed, given) =>
      room.operate(deed, given ?? (holdsFiles(brokerFiles) ? brokerFiles : undefined)),
    problems: () => [],
    log: () => room.entries().flatMap((each) => (each.type === 'log' ? [each.text] : [])),
    contain: (given) => void (contained = given),
    run: () => run,
    began: () => began,
    entries: () => room.entries(),
    onChange(listener) {
      waits.push(listener);
      return () => void waits.splice(waits.indexOf(listener), 1);
    },
  });
  const docker = new DockerEngine(machine);
  const typing = (typed: readonly TypedLine[]) =>
    runTerminal(typed, {
      room: {
        openLine: (...line) => room.openLine(...line),
        device(name, ...reported) {
          if (!reporting.includes(name)) reporting.push(name);
          room.device(name, ...reported);
        },
      },
      machine,
      docker,
      hasService: !exercise.scene.docker,
      files: shared,
      mosquitto: brokerFiles.mosquitto ?? exercise.scene.mosquitto,
      machines: exercise.scene.machines,
      log,
      signal,
      settledOr: (ended) => subscribedOr(room, ended, waits),
    });
  let beats: ReturnType<typeof setInterval> | undefined;
  try {
    room.onChange = () => waits.forEach((wait) => wait());
    const script = readTerminalScript(programs.get('terminal.sh') ?? '');
    for (const typed of script.applied) {
      await typing(typed).done;
      run += 1;
      began = Date.now();
      await room.reset(contained?.() ?? brokerFiles);
      reporting.length = devices.length;
    }
    const faults = armedFaultsOf(programs);
    if (faults.length > 0) await room.arm(faults);
    const together = startingLine(devices.length);
    const thread = await bundledThread();
    for (const name of devices) {
      const program = programs.get(`${name}.ts`) ?? '';
      const onBeat = () => quiet.beat(name);
      quiet.expect(name, QUIET_BEATS);
      const runner = runDevice(name, {
        ...{ room, program, together, thread, anyPort: hasFiles },
        hosts: hostsOf(exercise.scene.machines, name, brokerFiles),
        files: exercise.scene.given?.programs,
        ...{ log, signal, onBeat },
      });
      void runner.done.then(() => quiet.over(name));
      runners.push(runner);
    }
    if (script.rest.length > 0) runners.push(typing(script.rest));
    const there = new Promise<void>((resolve) => {
      const look = () => void (areThere(room.entries(), devices) && resolve());
      waits.push(look);
      look();
    });
    let awaited = 0;
    for (const [name, program] of programs) {
      if (!isOutside(name) || !room.tcp) continue;
      awaited += 1;
      const { tcp } = room;
      // As a learner does it: Run first.
      const runner = startAfter(there, () =>
        runOutsideProgram(name, program, { log, signal, tcp }),
      );
      runners.push(runner);
      const own = `outside-${runners.length}`;
      reporting.push(own);
      // What its connection left in the trace before it ended stands before this entry.
      void runner.done.then(() => {
        awaited -= 1;
        room.device(own, 'ended');
      });
    }
    if (runners.length > devices.length) {
      const haveCome = () => cameFromOutside(room.entries()) >= awaited;
      beats = setInterval(() => {
        quiet.expect(
          'processes',
          haveCome() ? QUIET_BEATS_OF_PROCESSES : QUIET_BEATS_BEFORE_THEY_CAME,
        );
        quiet.beat('processes');
      }, BEAT_MS);
      quiet.expect('processes', QUIET_BEATS_BEFORE_THEY_CAME);
    }
    let allDone = runners.length === devices.length;
    const decided = decision(room, {
      exercise,
      output,
      over: () => allDone,
      devices: reporting,
      waits,
    });
    void Promise.all(runners.map(({ done }) => done)).then(() => {
      allDone = true;
      for (const wait of waits) wait();
    });
    const results = await decided.results;
    const complete = () => allDone && settled(room.entries(), reporting);
    if (options.linger && !complete()) await lingering(quiet, waits, complete);
    return { results, output, entries: [...room.entries()], complete: complete() };
  } finally {
    clearInterval(beats);
    room.onChange = undefined;
    abort.abort();
    await room.close();
  }
}

/** A program that goes on for ever is not waited for: two seconds of its own time. */
const LINGER_BEATS = 4;

async function lingering(
  quiet: Quietness,
  waits: (() => void)[],
  until: () => boolean,
): Promise<void> {
  const complete = new Promise<void>((resolve) => {
    waits.push(() => void (until() && resolve()));
  });
  await Promise.race([complete, quiet.pass(LINGER_BEATS)]);
}

const cameFromOutside = (entries: readonly TraceEntry[]): number =>
  entries.filter((entry) => entry.type === 'line-opened' && entry.role === 'outside').length;
const isListening = (entry: TraceEntry): boolean =>
  entry.type === 'packet'
    ? kindOf(entry.bytes[0] ?? 0) === 'SUBACK'
    : entry.type === 'broker' && (entry.what === 'started' || entry.what === 'failed');
const listening = (entries: readonly TraceEntry[]): number => entries.filter(isListening).length;

/** A learner types on when a command has ended, or when it listens: a client, or a broker. */
function subscribedOr(
  room: RoomUnderTest,
  ended: Promise<unknown>,
  waits: (() => void)[],
): Promise<void> {
  const before = listening(room.entries());
  return new Promise((resolve) => {
    waits.push(() => void (listening(room.entries()) > before && resolve()));
    void ended.then(() => resolve());
  });
}

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeviceOptions } from '../device/device.ts';
import { ExerciseRun, type ExerciseRunDeps } from './exercise-run.ts';
import { busyAfterMs, disconnectMs } from './device-run.ts';
import type { RunState } from './run-state.ts';

/** The session's surroundings, with every call written down in order. */
function surroundings(deps: Partial<ExerciseRunDeps> = {}) {
  const log: string[] = [];
  const states: RunState[] = [];
  const started: DeviceOptions[] = [];
  const lines: { device: string; signal: AbortSignal; close(): void }[] = [];
  const session = new ExerciseRun({
    devices: ['publisher.ts'],
    language: 'en',
    compile: (file) => Promise.resolve({ program: `// ${file}` }),
    deviceHost: {
      start: (options) => {
        started.push(options);
        log.push(`start ${options.name}`);
        return Promise.resolve({
          stop: () => log.push(`stop ${options.name}`),
          send: ({ type }) => void log.push(`${type} ${options.name}`),
        });
      },
    },
    room: {
      connect: async () => void log.push('connect'),
      reset: () => Promise.resolve(log.push('reset')),
      reportDevice: (device, state, { error } = {}) =>
        void log.push([device, state, error].join(' ').trim()),
      openLine: (device, _port, signal) =>
        new Promise((resolve) => lines.push({ device, signal, close: resolve })),
    },
    ...deps,
  });
  session.subscribe((event) => event.type === 'state' && states.push(event.state));
  return { session, log, states, started, lines, last: () => states.at(-1) };
}
type Compiled = Awaited<ReturnType<ExerciseRunDeps['compile']>>;
const target = { port: 1883, protocol: 'mqtt' } as const;
const phases = (states: RunState[]) => states.map(({ phase }) => phase);
const port = () => ({ postMessage: vi.fn(), close: vi.fn() }) as unknown as MessagePort;

describe('a run', () => {
  test('goes through its phases, and the room is fresh before a program starts', async () => {
    const { session, log, states } = surroundings();
    await session.run();
    expect(phases(states)).toEqual(['compiling', 'starting', 'running']);
    expect(log).toEqual(['reset', 'publisher running', 'start publisher']);
  });

  test('ends with its room, and is no longer cut off when there is another one', async () => {
    const { session, last } = surroundings();
    session.replaced();
    expect(last()).toBeUndefined();
    await session.run();
    session.replaced();
    expect(last()).toEqual({ phase: 'ended', reason: 'replaced' });
    expect(session.active).toBe(false);

    await session.run();
    session.disconnected(new Error('no answer'));
    expect(last()).toMatchObject({ reason: 'disconnected' });
    session.replaced();
    expect(last()).toEqual({ phase: 'ended', reason: 'replaced' });

    await session.run();
    session.stop();
    session.replaced();
    expect(last()).toMatchObject({ reason: 'stopped' });
  });

  test('does not start with a problem: no room, no program, all problems reported', async () => {
    const problem = (file: string) => ({ file, line: 3, column: 1, message: "';' expected" });
    const { session, log, last } = surroundings({
      devices: ['a.ts', 'b.ts'],
      compile: (file) => Promise.resolve({ problems: [problem(file)] }),
    });
    await session.run();
    expect(last()).toEqual({
      phase: 'ended',
      reason: 'problems',
      problems: [problem('a.ts'), problem('b.ts')],
    });
    expect(log).toEqual([]);
    expect(session.active).toBe(false);
  });

  test('ends as disconnected, with the reason, when the room can not be reset', async () => {
    const error = new Error('gone');
    const { session, last, started } = surroundings({
      room: {
        connect: () => Promise.reject(error),
        reset: () => Promise.reject(error),
        reportDevice: () => {},
        openLine: () => Promise.resolve(),
      },
    });
    await session.run();
    expect(last()).toEqual({ phase: 'ended', reason: 'disconnected', error });
    expect(started).toEqual([]);
  });

  test('a second one ends the first, whose program is stopped and whose lines are cut', async () => {
    const { session, log, started, lines } = surroundings();
    await session.run();
    started[0]!.openLine(port(), target);
    await session.run();
    expect(lines[0]!.signal.aborted).toBe(true);
    expect(log.slice(3)).toEqual([
      'stop publisher',
      'publisher off',
      'reset',
      'publisher running',
      'start publisher',
    ]);
  });

  test('of before can no longer change anything', async () => {
    const { session, started, last } = surroundings();
    await session.run();
    const before = started[0]!;
    await session.run();
    before.on({ type: 'failed', message: 'late' });
    const late = port();
    before.openLine(late, target);
    expect(last()).toEqual({ phase: 'running', busy: [] });
    expect(late.postMessage).toHaveBeenCalledWith(null);
  });

  test('stopped while it compiles never starts', async () => {
    const compiling = Promise.withResolvers<Compiled>();
    const { session, started, log } = surroundings({ compile: () => compiling.promise });
    const run = session.run();
    session.stop();
    compiling.resolve({ program: '' });
    await run;
    expect(session.state).toEqual({ phase: 'ended', reason: 'stopped' });
    expect([started, log]).toEqual([[], []]);
  });
});

describe('the end of a program', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is sent to the room only when its lines are closed', async () => {
    const { session, log, started, lines, last } = surroundings();
    await session.run();
    started[0]!.openLine(port(), target);
    started[0]!.on({ type: 'ended' });
    await vi.advanceTimersByTimeAsync(10);
    expect(log).not.toContain('publisher ended');
    lines[0]!.close();
    await vi.advanceTimersByTimeAsync(1);
    expect(log.slice(-2)).toEqual(['stop publisher', 'publisher ended']);
    expect(last()).toEqual({ phase: 'ended', reason: 'finished' });
  });

  test('does not wait for ever for a line that never closes', async () => {
    const { session, started, last } = surroundings();
    await session.run();
    started[0]!.openLine(port(), target);
    started[0]!.on({ type: 'ended' });
    await vi.advanceTimersByTimeAsync(1_500);
    expect(last()).toEqual({ phase: 'ended', reason: 'finished' });
  });

  test('by an error cuts its lines; the others run on', async () => {
    const { session, started, lines, last, log } = surroundings({ devices: ['a.ts', 'b.ts'] });
    await session.run();
    started[0]!.openLine(port(), target);
    started[0]!.on({ type: 'failed', message: 'boom' });
    expect(lines[0]!.signal.aborted).toBe(true);
    lines[0]!.close();
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toContain('a failed boom');
    expect(last()).toEqual({ phase: 'running', busy: [] });
    started[1]!.on({ type: 'ended' });
    await vi.advanceTimersByTimeAsync(1);
    expect(last()).toEqual({ phase: 'ended', reason: 'failed' });
  });

  test('a program that says nothing is busy, until it answers again', async () => {
    const { session, started, last } = surroundings();
    await session.run();
    started[0]!.on({ type: 'alive' });
    await vi.advanceTimersByTimeAsync(busyAfterMs - 1);
    expect(last()).toEqual({ phase: 'running', busy: [] });
    await vi.advanceTimersByTimeAsync(1);
    expect(last()).toEqual({ phase: 'running', busy: ['publisher'] });
    started[0]!.on({ type: 'alive' });
    expect(last()).toEqual({ phase: 'running', busy: [] });
  });

  test('a program may hold ten lines, not eleven', async () => {
    const { session, started, lines } = surroundings();
    await session.run();
    for (let i = 0; i < 10; i += 1) started[0]!.openLine(port(), target);
    const eleventh = port();
    started[0]!.openLine(eleventh, target);
    expect(lines).toHaveLength(10);
    expect(eleventh.close).toHaveBeenCalled();
  });
});

describe('one program alone', () => {
  const two = { devices: ['a.ts', 'b.ts'] };
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('the first run of all has a fresh room; the next keeps what the broker holds', async () => {
    const { session, log, started, last } = surroundings(two);
    await session.runDevice('a.ts');
    expect(log).toEqual(['reset', 'a running', 'start a']);
    started[0]!.on({ type: 'ended' });
    await vi.advanceTimersByTimeAsync(1);
    expect(last()).toEqual({ phase: 'ended', reason: 'finished' });
    await session.runDevice('b.ts');
    expect(log.slice(-3)).toEqual(['connect', 'b running', 'start b']);
  });

  test('it joins those that run, and again where it runs itself', async () => {
    const { session, log, states } = surroundings(two);
    await session.runDevice('a.ts');
    await session.runDevice('b.ts');
    expect(log.slice(3)).toEqual(['b running', 'start b']);
    await session.runDevice('a.ts');
    expect(log.slice(5)).toEqual(['stop a', 'a off', 'a running', 'start a']);
    expect(phases(states)).not.toContain('ended');
  });

  test('one with a problem does not join; the others run on', async () => {
    const problem = { file: 'b.ts', line: 1, column: 1, message: 'no' };
    const { session, last, started } = surroundings({
      ...two,
      compile: (file) =>
        Promise.resolve(file === 'a.ts' ? { program: '' } : { problems: [problem] }),
    });
    await session.runDevice('a.ts');
    await session.runDevice('b.ts');
    expect(last()).toEqual({ phase: 'running', busy: [], problems: [problem] });
    expect(started).toHaveLength(1);
  });

  test('stopped politely it says goodbye, and is off when its lines are closed', async () => {
    const { session, log, started, lines, last } = surroundings(two);
    await session.run();
    started[0]!.openLine(port(), target);
    session.stopDevice('a', 'politely');
    expect(log.at(-1)).toBe('end a');
    expect(lines[0]!.signal.aborted).toBe(false);
    started[0]!.on({ type: 'ended' });
    await vi.advanceTimersByTimeAsync(1);
    expect(log).not.toContain('a off');
    lines[0]!.close();
    await vi.advanceTimersByTimeAsync(1);
    expect(log.at(-1)).toBe('a off');
    expect(last()?.phase).toBe('running');
    session.stopDevice('b', 'kill');
    expect(log.slice(-2)).toEqual(['stop b', 'b off']);
    expect(last()).toEqual({ phase: 'ended', reason: 'stopped' });
  });

  test('one that does not answer is killed after a while, or at the second asking', async () => {
    const { session, log, started, lines } = surroundings(two);
    await session.run();
    started[0]!.openLine(port(), target);
    session.stopDevice('a', 'politely');
    await vi.advanceTimersByTimeAsync(disconnectMs);
    expect(log.slice(-2)).toEqual(['stop a', 'a off']);
    expect(lines[0]!.signal.aborted).toBe(true);
    session.stopDevice('b', 'politely');
    session.stopDevice('b', 'politely');
    expect(log.slice(-2)).toEqual(['stop b', 'b off']);
  });

  test('a new run does not receive the end of the one before', async () => {
    const { session, log, started } = surroundings(two);
    await session.run();
    started[0]!.openLine(port(), target);
    started[0]!.on({ type: 'ended' });
    await session.run();
    const before = log.lastIndexOf('reset');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(log.slice(before)).toEqual(['reset', 'a running', 'start a', 'b running', 'start b']);
  });
});

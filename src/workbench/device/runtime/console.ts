import type { FromDevice } from '../messages.ts';
import { format } from './format.ts';
import { inspect } from './inspect.ts';

export type Level = Extract<FromDevice, { type: 'console' }>['level'];

/** At most this many lines in a window; the rest is counted and said in one line. */
export const MAX_LINES = 100;
export const WINDOW_MS = 100;

export interface ConsoleOptions {
  write(level: Level, text: string): void;
  /** "… 1,234 lines left out", in the learner's language. */
  leftOut(count: number): string;
  now(): number;
  /** A timer that the program does not see. */
  later(callback: () => void, ms: number): void;
}

/** Lets through what a person could read, at once: a program that never yields is heard too. */
export function limitLines({ write, leftOut, now, later }: ConsoleOptions) {
  let start = -Infinity;
  let lines = 0;
  let dropped = 0;
  let timer = false;
  const flush = (): void => {
    timer = false;
    if (dropped > 0) write('warn', leftOut(dropped));
    dropped = 0;
  };
  const line = (level: Level, text: string): void => {
    const time = now();
    if (time - start >= WINDOW_MS) {
      flush();
      start = time;
      lines = 0;
    }
    if (++lines <= MAX_LINES) write(level, text);
    else {
      dropped++;
      if (!timer) later(flush, WINDOW_MS);
      timer = true;
    }
  };
  return { line, flush };
}

/** The console of a program: the methods of Node's that make sense without a terminal. */
export function makeConsole(line: (level: Level, text: string) => void, now: () => number) {
  const counts = new Map<string, number>();
  const times = new Map<string, number>();
  let indent = '';
  const say = (level: Level, values: unknown[]): void => {
    const text = format(values);
    line(level, indent ? indent + text.replaceAll('\n', `\n${indent}`) : text);
  };
  const at =
    (level: Level) =>
    (...values: unknown[]) =>
      say(level, values);
  const elapsed = (label: string): string => {
    const from = times.get(label);
    return `${label}: ${from === undefined ? '?' : `${(now() - from).toFixed(1)}ms`}`;
  };
  return {
    log: at('log'),
    info: at('info'),
    debug: at('debug'),
    warn: at('warn'),
    error: at('error'),
    dir: (value: unknown) => say('log', [inspect(value)]),
    table: at('log'),
    trace: (...values: unknown[]) => say('error', ['Trace:', ...values]),
    assert(condition: unknown, ...values: unknown[]) {
      if (!condition)
        say('error', values.length > 0 ? ['Assertion failed:', ...values] : ['Assertion failed']);
    },
    group(...values: unknown[]) {
      if (values.length > 0) say('log', values);
      if (indent.length < 20) indent += '  ';
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    count(label = 'default') {
      if (counts.size < 1000) counts.set(label, (counts.get(label) ?? 0) + 1);
      say('log', [`${label}: ${counts.get(label) ?? '?'}`]);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time(label = 'default') {
      if (times.size < 1000) times.set(label, now());
    },
    timeLog: (label = 'default', ...values: unknown[]) => say('log', [elapsed(label), ...values]),
    timeEnd(label = 'default') {
      say('log', [elapsed(label)]);
      times.delete(label);
    },
    clear() {},
  };
}

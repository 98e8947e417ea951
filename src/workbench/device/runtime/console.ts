import type { Level } from '../console-limit.ts';
import { format } from './format.ts';
import { inspect } from './inspect.ts';

/** Shortens a text that is too long; `leftOut`: characters that were removed before. */
export type Fit = (text: string, leftOut?: number) => string;

/** The console of a program: the methods of Node's that make sense without a terminal. */
export function makeConsole(
  line: (level: Level, text: string) => void,
  now: () => number,
  fit: Fit = (text) => text,
) {
  const counts = new Map<string, number>();
  const times = new Map<string, number>();
  let indent = '';
  const print = (level: Level, values: unknown[]): void => {
    const text = format(values, fit);
    line(level, indent ? fit(indent + text.replaceAll('\n', `\n${indent}`)) : text);
  };
  const at =
    (level: Level) =>
    (...values: unknown[]) =>
      print(level, values);
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
    dir: (value: unknown) => print('log', [inspect(value)]),
    table: at('log'),
    trace: (...values: unknown[]) => print('error', ['Trace:', ...values]),
    assert(condition: unknown, ...values: unknown[]) {
      if (!condition)
        print('error', values.length > 0 ? ['Assertion failed:', ...values] : ['Assertion failed']);
    },
    group(...values: unknown[]) {
      if (values.length > 0) print('log', values);
      if (indent.length < 20) indent += '  ';
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    count(label = 'default') {
      if (counts.size < 1000) counts.set(label, (counts.get(label) ?? 0) + 1);
      print('log', [`${label}: ${counts.get(label) ?? '?'}`]);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time(label = 'default') {
      if (times.size < 1000) times.set(label, now());
    },
    timeLog: (label = 'default', ...values: unknown[]) => print('log', [elapsed(label), ...values]),
    timeEnd(label = 'default') {
      print('log', [elapsed(label)]);
      times.delete(label);
    },
    clear() {},
  };
}

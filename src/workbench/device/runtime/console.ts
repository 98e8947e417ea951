import type { Level } from '../console-limit.ts';
import { format } from './format.ts';
import { inspect } from './inspect.ts';

/** A text that is too long, and how many characters of it are already gone. */
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
  const say = (level: Level, values: unknown[]): void => {
    const text = format(values, fit);
    line(level, indent ? fit(indent + text.replaceAll('\n', `\n${indent}`)) : text);
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

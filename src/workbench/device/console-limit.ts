/** A program's console at a pace that a page can draw: lines, characters and rows in a time. */
import { rowCountOf } from './fit-text.ts';
import type { FromDevice } from './messages.ts';

export type Level = Extract<FromDevice, { type: 'console' }>['level'];

/** At most this many lines in a window; the rest is counted and reported in one line. */
export const MAX_LINES = 100;
const WINDOW_MS = 100;
/** Characters that are allowed at once, and again each second. */
export const MAX_CHARACTERS = 50_000;
/** The same of rows: a text of 8,000 line breaks is 8,000 of them. */
export const MAX_ROWS_A_SECOND = 2_000;

export interface ConsoleOptions {
  write(level: Level, text: string, at: number): void;
  /** "… 1,234 lines left out", in the learner's language. */
  leftOut(count: number): string;
  /** Milliseconds. */
  now(): number;
  /** A timer that the program does not see. */
  later(callback: () => void, ms: number): void;
  /** How many times the limits: the page's own stand above those of the worker. */
  times?: number;
}

/** Passes as much as a person could read, at once: also for a program that never yields. */
export function limitLines({ write, leftOut, now, later, times = 1 }: ConsoleOptions) {
  const most = {
    lines: times * MAX_LINES,
    characters: times * MAX_CHARACTERS,
    rows: times * MAX_ROWS_A_SECOND,
  };
  let start = -Infinity;
  let lines = 0;
  let characters = most.characters;
  let rows = most.rows;
  let dropped = 0;
  let timer = false;
  const flush = (at = now()): void => {
    timer = false;
    if (dropped > 0) write('warn', leftOut(dropped), at);
    dropped = 0;
  };
  const grant = (time: number): void => {
    const share = (time - start) / 1000;
    characters = Math.min(most.characters, characters + share * most.characters);
    rows = Math.min(most.rows, rows + share * most.rows);
    start = time;
    lines = 0;
  };
  const line = (level: Level, text: string, at = now()): void => {
    const time = now();
    if (time - start >= WINDOW_MS) {
      flush(at);
      grant(time);
    }
    lines++;
    if (lines <= most.lines && characters >= text.length && rows > 0) {
      characters -= text.length;
      rows -= rowCountOf(text);
      write(level, text, at);
    } else {
      dropped++;
      if (!timer) later(flush, WINDOW_MS);
      timer = true;
    }
  };
  return { line, flush };
}

/** A program's console at a pace that a page can draw: lines, characters and rows in a time. */
import { costOf, rowCountOf } from './fit-text.ts';
import type { FromDevice } from './messages.ts';

export type Level = Extract<FromDevice, { type: 'console' }>['level'];

/** At most this many lines in a window; the rest is counted and reported in one line. */
export const MAX_LINES = 100;
const WINDOW_MS = 100;
/** Lines that are allowed again each second. */
export const MAX_LINES_A_SECOND = 250;
/** Characters (as `costOf` counts them) that are allowed at once, and again each second. */
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
    linesASecond: times * MAX_LINES_A_SECOND,
    characters: times * MAX_CHARACTERS,
    rows: times * MAX_ROWS_A_SECOND,
  };
  let start = -Infinity;
  /** That may still come. */
  let lines = most.lines;
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
    lines = Math.min(most.lines, lines + share * most.linesASecond);
    characters = Math.min(most.characters, characters + share * most.characters);
    rows = Math.min(most.rows, rows + share * most.rows);
    start = time;
  };
  const line = (level: Level, text: string, at = now()): void => {
    const time = now();
    if (time - start >= WINDOW_MS) {
      flush(at);
      grant(time);
    }
    const cost = costOf(text);
    if (lines >= 1 && characters >= cost && rows > 0) {
      lines -= 1;
      characters -= cost;
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

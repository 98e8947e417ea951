/** A class as a file: one row for each member and exercise. */
import type { Work } from '../protocol/work.ts';
import type { Class } from './class-list.ts';

const columns = ['name', 'exercise', 'first_try', 'passed_at', 'passed_by', 'tries', 'minutes'];

interface Row {
  name: string;
  exercise: string;
  first_try: string;
  passed_at: string;
  /** `checks`: on the server. `page`: the learner's page said so. Empty: not passed. */
  passed_by: 'checks' | 'page' | '';
  /** Up to the pass, or all of them. */
  tries: number;
  /** From the first try to the pass; empty before it. */
  minutes: number | '';
}

/** UTC, as spreadsheets read it. */
const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function rowOf(name: string, work: Work): Row {
  const { exercise, started, passed, said, took, tries } = work;
  const at = passed ?? said;
  return {
    ...{ name, exercise, first_try: timeOf(started) },
    passed_at: at === null ? '' : timeOf(at),
    passed_by: passed !== null ? 'checks' : said !== null ? 'page' : '',
    tries: took ?? tries,
    minutes: passed === null ? '' : Math.round((passed - started) / 6_000) / 10,
  };
}

const rowsOf = ({ members }: Class): Row[] =>
  [...members.values()].flatMap(({ row, work }) =>
    [...work.values()].map((one) => rowOf(row.name, one)),
  );

/**
 * A cell of text that a spreadsheet would take for a formula gets a `'` before it. In countries with
 * decimal commas, `;` divides cells, too: what is behind it may be a formula.
 */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 with a byte order mark, lines end with CRLF (RFC 4180): Excel reads both right. */
export function exportCsv(one: Class): string {
  const members = [...one.members.values()];
  const idle = members.filter(({ work }) => work.size === 0).map(({ row }) => [row.name]);
  const rows = rowsOf(one).map((row) => columns.map((name) => row[name as keyof Row]));
  const lines = [columns, ...rows, ...idle.map(([name]) => [name!, ...Array(columns.length - 1).fill('')])]; // prettier-ignore
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function exportJson(one: Class): string {
  const { code, language, created } = one.row;
  const members = [...one.members.values()].map(({ row, work }) => ({
    name: row.name,
    joined: timeOf(row.joined),
    exercises: [...work.values()].map((each) => {
      const { name: _, ...rest } = rowOf(row.name, each);
      return rest;
    }),
  }));
  return JSON.stringify({ code, language, created: timeOf(created), members }, null, 2);
}

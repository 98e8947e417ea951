/** A class as a file: one row for each member and exercise. */
import type { Work } from '../protocol/work.ts';
import type { Class, Member } from './class-list.ts';

const columns = [
  ...['name', 'exercise', 'assigned', 'first_try', 'passed_at', 'passed_by', 'tries', 'minutes'],
] as const;

interface Row {
  name: string;
  exercise: string;
  /** Its place in what is assigned, from 1; empty if it is not. */
  assigned: number | '';
  /** Empty if it was not begun. */
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

/** Places in what is assigned, by exercise. */
const placesOf = ({ row }: Class): Map<string, number> =>
  new Map(row.assignment?.exercises.map(({ exercise }, at) => [exercise, at + 1]));

const untried = (name: string, exercise: string, assigned: number): Row => ({
  ...{
    name,
    exercise,
    assigned,
    first_try: '',
    passed_at: '',
    passed_by: '',
    tries: 0,
    minutes: '',
  },
});

function rowOf(name: string, work: Work, assigned: number | ''): Row {
  const { exercise, started, passed, said, took, tries } = work;
  const at = passed ?? said;
  return {
    ...{ name, exercise, assigned, first_try: timeOf(started) },
    passed_at: at === null ? '' : timeOf(at),
    passed_by: passed !== null ? 'checks' : said !== null ? 'page' : '',
    tries: took ?? tries,
    minutes: passed === null ? '' : Math.round((passed - started) / 6_000) / 10,
  };
}

/** What a member did, and what is assigned to them and not begun. */
function rowsOf({ row, work }: Member, places: Map<string, number>): Row[] {
  const begun = [...work.values()].map((one) =>
    rowOf(row.name, one, places.get(one.exercise) ?? ''),
  );
  const rest = [...places].filter(([exercise]) => !work.has(exercise));
  return [...begun, ...rest.map(([exercise, place]) => untried(row.name, exercise, place))];
}

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
  const places = placesOf(one);
  const rows = [...one.members.values()].flatMap((member) => {
    const cells = rowsOf(member, places).map((row) =>
      columns.map((name) => row[name as keyof Row]),
    );
    return cells.length > 0
      ? cells
      : [[member.row.name, ...Array<string>(columns.length - 1).fill('')]];
  });
  const lines = [[...columns], ...rows];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function exportJson(one: Class): string {
  const { code, language, created, assignment } = one.row;
  const places = placesOf(one);
  const members = [...one.members.values()].map((member) => ({
    name: member.row.name,
    joined: timeOf(member.row.joined),
    exercises: rowsOf(member, places).map(({ name: _, ...rest }) => rest),
  }));
  const assigned = assignment && {
    is_test: assignment.isTest,
    exercises: assignment.exercises.map(({ exercise, from }) => ({
      ...{ exercise, open_from: from === null ? '' : timeOf(from) },
    })),
  };
  const about = { code, language, created: timeOf(created), assignment: assigned };
  return JSON.stringify({ ...about, members }, null, 2);
}

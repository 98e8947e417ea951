/** The grid of learners and exercises, as data: what each cell says, who needs help first. */
import type { MemberInfo } from '../../../sandbox/protocol/classroom.ts';
import { workState, type Work, type WorkState } from '../../../sandbox/protocol/work.ts';
import { workKey, type LiveClass } from './live-class.ts';

/** An exercise of the course; one column of the grid. */
export interface Column {
  /** `<lesson>/<exercise>`. */
  id: string;
  title: string;
  part: string;
}
export interface Cell {
  column: Column;
  state: WorkState;
  work: Work | undefined;
}
export interface Row {
  member: MemberInfo;
  cells: Cell[];
  /** The cell with the last sign of the learner, of all exercises; undefined before the first one. */
  latest: Cell | undefined;
  stuck: number;
  passed: number;
  /** Has an exercise open. */
  isHere: boolean;
}
export type Order = 'help' | 'name' | 'joined';

/** Columns with the latest work, at most so many: what a class has in hand. */
const mostCurrent = 8;

/** @param part a part's id, `all`, `assigned`, or `now` for the exercises that the class works on */
export function columnsShown(
  columns: readonly Column[],
  part: string,
  { work, class: one }: Pick<LiveClass, 'work' | 'class'>,
): Column[] {
  // In the order of the assignment. What the course no longer has is left out.
  if (part === 'assigned' && one.assignment)
    return one.assignment.exercises.flatMap(
      ({ exercise }) => columns.find(({ id }) => id === exercise) ?? [],
    );
  if (part === 'all') return [...columns];
  if (part !== 'now' && part !== 'assigned')
    return columns.filter((column) => column.part === part);
  const last = new Map<string, number>();
  for (const { exercise, active } of work.values())
    last.set(exercise, Math.max(active, last.get(exercise) ?? 0));
  const current = [...last]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCurrent)
    .map(([exercise]) => exercise);
  const shown = columns.filter(({ id }) => current.includes(id));
  // Before anybody has begun: the beginning of the course.
  return shown.length > 0 ? shown : columns.slice(0, 4);
}

export interface GridOptions {
  /** All exercises of the course. */
  all: readonly Column[];
  shown: readonly Column[];
  order: Order;
  language: string;
  /** By the server's clock, milliseconds since 1970. */
  now: number;
  /** Members with an exercise open. */
  present: ReadonlySet<string>;
}

export function rowsOf(
  live: LiveClass,
  { all, shown, order, language, now, present }: GridOptions,
): Row[] {
  const rows = live.members.map((member): Row => {
    const cellOf = (column: Column): Cell => {
      const work = live.work.get(workKey(member.id, column.id));
      return { column, state: workState(work, now), work };
    };
    const cells = shown.map(cellOf);
    const latest = all
      .map(cellOf)
      .filter(({ work }) => work !== undefined)
      .sort((a, b) => b.work!.active - a.work!.active)[0];
    const count = (state: WorkState): number => cells.filter((cell) => cell.state === state).length;
    const isHere = present.has(member.id);
    return { member, cells, latest, isHere, stuck: count('stuck'), passed: count('passed') };
  });
  const byName = new Intl.Collator(language, { numeric: true });
  const named = (a: Row, b: Row): number => byName.compare(a.member.name, b.member.name);
  if (order === 'name') return rows.sort(named);
  if (order === 'joined') return rows;
  return rows.sort((a, b) => need(b, now) - need(a, now) || named(a, b));
}

/** Stuck the longest first; then those who work; then those who have not begun; then the rest. */
function need({ cells, passed }: Row, now: number): number {
  const stuck = cells.filter(({ state }) => state === 'stuck');
  const waits = stuck.map(({ work }) => now - work!.advanced);
  if (stuck.length > 0) return 1e15 + Math.max(...waits);
  if (cells.some(({ state }) => state === 'working')) return 1e13 - passed;
  return cells.every(({ state }) => state === 'none') ? 1e12 : -passed;
}

export type Counts = Record<WorkState, number>;

export function countsOf(rows: readonly Row[], at: number): Counts {
  const counts: Counts = { none: 0, working: 0, stuck: 0, said: 0, passed: 0 };
  for (const { cells } of rows) counts[cells[at]!.state]++;
  return counts;
}

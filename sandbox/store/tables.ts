/** The tables of a store, as SQL has them. What is a list or an object is kept as JSON. */
import type { Work } from '../protocol/work.ts';
import type { Change, ClassRow, MemberRow, Stored } from './store.ts';

export const columns = {
  class: [
    'id',
    'code',
    'language',
    'locked',
    'created',
    'listOnly',
    'assignment',
    'asks',
    'shared',
  ],
  member: ['id', 'class', 'name', 'words', 'secrets', 'joined', 'seat', 'handle'],
  work: [
    ...['member', 'exercise', 'started', 'active', 'tries', 'repeats', 'green', 'checks'],
    ...['advanced', 'red', 'hint', 'passed', 'took', 'said'],
  ],
  progress: ['member', 'text'],
  mistake: ['member', 'exercise', 'hint', 'made', 'example'],
  said: ['class', 'topic', 'payload', 'until'],
  session: ['hash', 'until'],
} as const;
export type Table = keyof typeof columns;
export const tables = Object.keys(columns) as Table[];

const keys: Record<Table, readonly string[]> = {
  class: ['id'],
  member: ['id'],
  work: ['member', 'exercise'],
  progress: ['member'],
  mistake: ['member', 'exercise', 'hint'],
  said: ['class', 'topic'],
  session: ['hash'],
};
/** What is stored once stays as it is. */
const final = ['passed', 'took', 'said'];

/** @param parameter of the column at that place, from 0 */
export function upsert(table: Table, parameter: (name: string, at: number) => string): string {
  const all: readonly string[] = columns[table];
  const changes = all
    .filter((name) => !keys[table].includes(name))
    .map((name) =>
      final.includes(name)
        ? `"${name}" = coalesce(${table}."${name}", excluded."${name}")`
        : `"${name}" = excluded."${name}"`,
    );
  return `INSERT INTO ${table} (${all.map((name) => `"${name}"`).join(', ')}) VALUES (${all.map(parameter).join(', ')})
    ON CONFLICT (${keys[table].map((name) => `"${name}"`).join(', ')}) DO UPDATE SET ${changes.join(', ')}`;
}

type Put = Extract<Change, { put: string }>;

/** The row of a change, by column. */
export function rowOf(change: Put): [name: string, value: unknown][] {
  const row: object = change.put === 'progress' ? change : change.row;
  return columns[change.put].map((name) => [name, row[name as keyof typeof row]]);
}

export const parsed = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : null;

type Row = Record<string, unknown>;
/** SQLite has no truth values: 1 is one. */
const isTrue = (value: unknown): boolean => value === true || value === 1;

/** @param all the rows of a table. @throws Error if one makes no sense */
export function storedOf(all: (table: 'class' | 'member' | 'work') => Row[]): Stored {
  return {
    classes: all('class').map((row) => ({ ...row, locked: isTrue(row['locked']), listOnly: isTrue(row['listOnly']), asks: isTrue(row['asks']), assignment: parsed(row['assignment']), shared: parsed(row['shared']) }) as ClassRow), // prettier-ignore
    members: all('member').map((row) => ({ ...row, secrets: parsed(row['secrets']) }) as MemberRow), // prettier-ignore
    work: all('work').map((row) => ({ ...row, hint: parsed(row['hint']) }) as Work),
  };
}

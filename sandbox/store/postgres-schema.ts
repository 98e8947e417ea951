/** The schema in PostgreSQL. A migration that was released is never edited: append one. */
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { StoreError } from './store.ts';

/** Tables of other programs in the same database are not ours. */
export const schema = 'retained';

/** Migration `n` (from 0) leads from version `n` to `n + 1`. */
export const migrations = [
  `
  CREATE TABLE class (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    locked BOOLEAN NOT NULL,
    created BIGINT NOT NULL,
    "listOnly" BOOLEAN NOT NULL,
    assignment TEXT,
    asks BOOLEAN NOT NULL,
    shared TEXT
  );
  CREATE TABLE member (
    id TEXT PRIMARY KEY,
    class TEXT NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    secrets TEXT NOT NULL,
    joined BIGINT NOT NULL,
    seat TEXT,
    handle TEXT,
    UNIQUE (class, words)
  );
  CREATE TABLE work (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    started BIGINT NOT NULL,
    active BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    repeats BIGINT NOT NULL,
    green BIGINT NOT NULL,
    checks BIGINT NOT NULL,
    advanced BIGINT NOT NULL,
    red TEXT,
    hint TEXT,
    passed BIGINT,
    took BIGINT,
    said BIGINT,
    PRIMARY KEY (member, exercise)
  );
  CREATE TABLE progress (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    text TEXT NOT NULL
  );
  CREATE TABLE mistake (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    hint TEXT NOT NULL,
    made BIGINT NOT NULL,
    example TEXT NOT NULL,
    PRIMARY KEY (member, exercise, hint)
  );
  CREATE TABLE said (
    class TEXT NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (class, topic)
  );
  CREATE TABLE session (hash TEXT PRIMARY KEY, until BIGINT NOT NULL);
  CREATE TABLE paper (name TEXT PRIMARY KEY, text TEXT NOT NULL);
  `,
] as const;

/** One row each: the data's version and id; who holds the classes, for the how manieth time, and its last transaction. */
const first = `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE IF NOT EXISTS about (version INTEGER NOT NULL, id TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS holder (epoch BIGINT NOT NULL, batch BIGINT NOT NULL);
`;

/** The data's version; 0 in an empty database. @throws StoreError `newer` */
export async function judge(client: Client, place: string): Promise<number> {
  const there = await client.query(`SELECT to_regclass('${schema}.about') IS NOT NULL AS is`);
  if (!(there.rows[0] as { is: boolean }).is) return 0;
  const { rows } = await client.query('SELECT version FROM about');
  const version = (rows[0] as { version: number } | undefined)?.version ?? 0;
  if (version > migrations.length)
    throw new StoreError(
      'newer',
      `The database ${place} was written by a newer version of the course (data version ${version}; this one knows ${migrations.length}). It is left as it is. Update the course.`,
    );
  return version;
}

/** By the process that has the lock. @throws StoreError, or Error of PostgreSQL; then nothing has changed */
export async function migrate(client: Client, place: string): Promise<void> {
  const version = await judge(client, place);
  if (version === migrations.length) return;
  await client.query('BEGIN');
  try {
    if (version === 0) {
      await client.query(first);
      await client.query('INSERT INTO about VALUES (0, $1)', [randomUUID()]);
      await client.query('INSERT INTO holder VALUES (0, 0)');
    }
    for (const migration of migrations.slice(version)) await client.query(migration);
    await client.query('UPDATE about SET version = $1', [migrations.length]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

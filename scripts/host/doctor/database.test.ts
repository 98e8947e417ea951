/** What the doctor says of a real PostgreSQL. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../../sandbox/store/postgres.ts';
import { hasPostgres, startPostgres, type Postgres } from '../../../sandbox/testing/postgres.ts';
import { databaseFinding } from './database.ts';

let postgres: Postgres;
const place = mkdtempSync(join(tmpdir(), 'retained-doctor-database-'));
beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
}, 60_000);
afterAll(async () => {
  await postgres?.end();
  rmSync(place, { recursive: true });
});

describe.skipIf(!hasPostgres)('the database', () => {
  test('can be used; is in use; lacks the classes of the data folder; and nothing was made in it', async () => {
    const url = postgres.url();
    const data = join(place, 'empty');
    const good = { about: 'database', state: 'good', text: expect.stringMatching(/^127\.0\.0\.1:\d+\/course\d+, PostgreSQL \d+\.\d+[^,]*$/) }; // prettier-ignore
    expect(await databaseFinding(url, data)).toEqual(good);
    const count = `SELECT count(*) FROM pg_namespace WHERE nspname = 'retained'`;
    expect(postgres.sql(count, url.split('/').at(-1)).trim()).toBe('0');
    const store = await openPostgresStore(url, { whenHeld: 'refuse' });
    expect(await databaseFinding(url, data)).toMatchObject({ state: 'good', text: expect.stringContaining('in use') }); // prettier-ignore
    await store.close();
    writeFileSync(join(place, 'classroom.sqlite'), '');
    expect(await databaseFinding(url, place)).toMatchObject({ state: 'note', todo: [expect.stringContaining('classroom.sqlite')] }); // prettier-ignore
  });

  test('can’t be used: no server, no database, no right to make tables, not durable', async () => {
    const url = postgres.url();
    const database = url.split('/').at(-1)!;
    postgres.sql(`CREATE ROLE reader LOGIN PASSWORD 'r'`);
    const reader = url.replace(/\/\/[^@]*@/, '//reader:r@');
    for (const [at, words] of [
      [url.replace(/:\d+\//, ':1/'), /ECONNREFUSED/],
      [`${url}x`, /no such database/],
      [reader, /may not make tables/],
    ] as const) {
      const found = await databaseFinding(at, place);
      expect(found.state).toBe('bad');
      expect(`${found.text} ${found.todo!.join()}`).toMatch(words);
      expect(JSON.stringify(found)).not.toMatch(/p@ss|p%40ss/);
    }
    postgres.sql(`ALTER SYSTEM SET fsync = off`);
    postgres.sql('SELECT pg_reload_conf()', database);
    await expect.poll(() => databaseFinding(url, place)).toMatchObject({ state: 'bad', todo: [expect.stringContaining('fsync')] }); // prettier-ignore
  });
});

/** What PostgreSQL's store does beside what every store does (`suite.test.ts`): who may write, and when it is known. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasPostgres, startPostgres, type Postgres } from '../testing/postgres.ts';
import type { HoldOptions } from './postgres-hold.ts';
import { migrations } from './postgres-schema.ts';
import { openPostgresStore, type PostgresStore } from './postgres.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Change, ClassRow, Store } from './store.ts';

let server: Postgres;
let url = '';
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
}, 60_000);
afterAll(() => server?.end());
beforeEach(() => void (url = hasPostgres ? server.url() : ''));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const room = (id: string): Change => {
  const row: ClassRow = { id, code: id, language: 'en', locked: false, listOnly: false, asks: false, assignment: null, shared: null, created: 1 }; // prettier-ignore
  return { put: 'class', row };
};
const open = async (options: Partial<HoldOptions> = {}): Promise<PostgresStore> => {
  const store = await openPostgresStore(url, { whenHeld: 'wait', ...options });
  ends.push(() => store.close());
  return store;
};
const classesOf = async (store: Store) => (await store.read()).classes.map(({ id }) => id).sort();
const database = () => url.split('/').at(-1)!;
const sql = (text: string) => server.sql(text, database()).trim();
/** Sessions of the course in the database. */
const cutAll = () =>
  sql(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'retained' AND datname = current_database()`); // prettier-ignore

/** A process that has the classes, writes one after another, and says which are stored. */
class Writer {
  readonly child: ChildProcess;
  readonly lines: string[] = [];

  constructor(silentMs = 1_500) {
    const program = `
      import { openPostgresStore } from ${JSON.stringify(import.meta.resolve('./postgres.ts'))};
      const say = (line) => process.stdout.write(line + '\\n');
      const store = await openPostgresStore(${JSON.stringify(url)}, {
        whenHeld: 'wait', silentMs: ${silentMs},
        lost: () => say('lost'), regained: () => say('regained'), taken: () => say('taken'),
      });
      say('open');
      const change = ${JSON.stringify(room('x'))};
      for (let n = 0; ; n++) {
        const id = process.pid + '-' + n;
        await store.write([{ put: 'class', row: { ...change.row, id, code: id } }]).then(
          () => say('stored ' + id),
          () => new Promise((next) => setTimeout(next, 50)),
        );
      }`;
    this.child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface(this.child.stdout!).on('line', (line) => this.lines.push(line));
    ends.push(async () => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) return;
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    });
  }
  get stored(): string[] {
    return this.lines.filter((line) => line.startsWith('stored ')).map((line) => line.slice(7));
  }
  says(line: string): Promise<void> {
    return expect.poll(() => this.lines, { timeout: 20_000 }).toContain(line);
  }
  writes(count: number): Promise<void> {
    return expect.poll(() => this.stored.length, { timeout: 20_000 }).toBeGreaterThan(count);
  }
}

describe.skipIf(!hasPostgres)('who has the classes', { timeout: 60_000 }, () => {
  test('the next one waits, and has them as soon as the first is closed', async () => {
    const first = await open();
    let waits = 0;
    let next: PostgresStore | undefined;
    const opening = open({ waits: () => void waits++ }).then((store) => (next = store));
    await expect.poll(() => waits).toBe(1);
    await first.write([room('a')]);
    expect(next).toBeUndefined();
    await first.close();
    await opening;
    expect(await classesOf(next!)).toEqual(['a']);
    await expect(first.write([room('b')])).rejects.toThrow('the connection is cut');
    expect(await classesOf(next!)).toEqual(['a']);
    expect(next!.id).toBe(first.id);
  });

  test('who waits can stop waiting', async () => {
    await open();
    const ending = new AbortController();
    const opening = open({ signal: ending.signal, waits: () => ending.abort() });
    await expect(opening).rejects.toThrow();
    expect(sql(`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'`)).toBe('1');
  });

  test('kill -9: the next one has every write that was confirmed', async () => {
    const writer = new Writer();
    await writer.writes(50);
    writer.child.kill('SIGKILL');
    const store = await open();
    const kept = new Set(await classesOf(store));
    expect(writer.stored.filter((id) => !kept.has(id))).toEqual([]);
    // At most the one that was under way.
    expect(kept.size - writer.stored.length).toBeLessThanOrEqual(1);
  });

  test('a frozen one is fenced: it stores nothing after another has had the classes, and knows', async () => {
    const writer = new Writer();
    await writer.writes(20);
    writer.child.kill('SIGSTOP');
    const store = await open({ silentMs: 1_500 });
    await store.write([room('mine')]);
    const at = writer.stored.length;
    const before = await classesOf(store);
    writer.child.kill('SIGCONT');
    await writer.says('taken');
    expect(await classesOf(store)).toEqual(before);
    const kept = new Set(before);
    expect(writer.stored.filter((id) => !kept.has(id))).toEqual([]);
    // One whose COMMIT was stored before it was frozen may be confirmed late; none is new.
    expect(writer.stored.length - at).toBeLessThanOrEqual(1);
  });

  test('one that is busy, but not for so long, keeps them', async () => {
    const writer = new Writer(4_000);
    await writer.writes(5);
    let isTaken = false;
    const ending = new AbortController();
    const opening = open({ silentMs: 4_000, signal: ending.signal }).then(() => void (isTaken = true), () => {}); // prettier-ignore
    for (let n = 0; n < 3; n++) {
      writer.child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      writer.child.kill('SIGCONT');
      await writer.writes(writer.stored.length);
    }
    expect([isTaken, writer.lines.includes('lost')]).toEqual([false, false]);
    ending.abort();
    await opening;
  });

  test('a connection that is cut comes back, and the classes with it', async () => {
    const writer = new Writer();
    for (let n = 1; n <= 3; n++) {
      await writer.writes(writer.stored.length);
      cutAll();
      await expect.poll(() => writer.lines.filter((line) => line === 'regained').length).toBe(n);
    }
    await writer.writes(writer.stored.length);
    expect(writer.lines).not.toContain('taken');
    writer.child.kill('SIGKILL');
    await once(writer.child, 'exit');
    const store = await open();
    const kept = new Set(await classesOf(store));
    expect(writer.stored.filter((id) => !kept.has(id))).toEqual([]);
  });

  test('PostgreSQL is killed with -9 and started again: all that was confirmed is there', async () => {
    const writer = new Writer();
    await writer.writes(50);
    await server.kill();
    await writer.says('lost');
    await server.begin();
    await writer.says('regained');
    await writer.writes(writer.stored.length);
    writer.child.kill('SIGKILL');
    await once(writer.child, 'exit');
    const kept = new Set(await classesOf(await open()));
    expect(writer.stored.filter((id) => !kept.has(id))).toEqual([]);
    expect(new Set(writer.stored).size).toBe(writer.stored.length);
  });

  test('without the lock, an epoch of before writes nothing: as behind a pool that hands sessions round', async () => {
    let taken = 0;
    const store = await open({ taken: () => void taken++ });
    await store.write([room('a')]);
    sql('UPDATE retained.holder SET epoch = epoch + 1');
    await expect(store.write([room('b')])).rejects.toThrow('the connection is cut');
    await expect.poll(() => taken).toBe(1);
    await expect(store.write([room('c')])).rejects.toThrow('another process has the classes');
    expect(sql('SELECT string_agg(id, $$,$$) FROM retained.class')).toBe('a');
  });

  test('a COMMIT whose answer was lost is told as it was', async () => {
    const store = await open();
    await store.write([room('a')]);
    // Within the COMMIT, which takes a while: it is cut before, within and after it.
    sql(`CREATE FUNCTION retained.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON retained.class DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION retained.slow()`); // prettier-ignore
    const told: string[] = [];
    for (let n = 0; n < 6; n++) {
      const write = store.write([room(`b${n}`)]).then(
        () => told.push(`b${n}`),
        () => {},
      );
      await new Promise((resolve) => setTimeout(resolve, 80 * n));
      cutAll();
      await write;
      // Until it is there again.
      await expect.poll(() => store.sessions().then(() => 'read', () => 'cut')).toBe('read'); // prettier-ignore
    }
    expect(await classesOf(store)).toEqual(['a', ...told]);
    expect([told.length > 0, told.length < 6]).toEqual([true, true]);
  });
});

describe.skipIf(!hasPostgres)('the database', () => {
  test('of a newer version is refused, and left as it is, also by who waits', async () => {
    const store = await open();
    await store.close();
    sql('UPDATE retained.about SET version = 99');
    for (const whenHeld of ['refuse', 'wait'] as const)
      await expect(open({ whenHeld })).rejects.toThrow(/newer version.*data version 99; this one knows/s); // prettier-ignore
    expect(sql('SELECT version FROM retained.about')).toBe('99');
  });

  test('has the version of the migrations, and leaves tables of others alone', async () => {
    sql('CREATE TABLE class (theirs TEXT); INSERT INTO class VALUES ($$x$$)');
    const store = await open();
    await store.write([room('a')]);
    expect(sql('SELECT version FROM retained.about')).toBe(String(migrations.length));
    expect(sql('SELECT * FROM public.class')).toBe('x');
  });

  test('that can’t be used is said without its password', async () => {
    const wrong = [
      [url.replace('p%40ss', 'no'), /the password is wrong/],
      [`${url}nowhere`, /no such database; make it with createdb/],
      [url.replace(/:\d+\//, ':1/'), /ECONNREFUSED/],
    ] as const;
    for (const [at, why] of wrong) {
      const error: unknown = await openPostgresStore(at, { whenHeld: 'refuse' }).catch((error: unknown) => error); // prettier-ignore
      expect(error).toMatchObject({ trouble: 'failed', message: expect.stringMatching(why) });
      expect(String((error as Error).message)).toMatch(/127\.0\.0\.1:\d+\/.*DATABASE_URL/);
      expect((error as Error).message).not.toMatch(/p@ss|p%40ss|word\b(?! is wrong)/);
    }
  });

  test('keeps texts of the course, and goes on as a SQLite file', async () => {
    const store = await open();
    expect(await store.paper('a')).toBeNull();
    await store.keepPaper('a', '1');
    await store.keepPaper('a', '2');
    expect(await store.paper('a')).toBe('2');
    await store.write([room('a'), room('b')]);
    const folder = await mkdtemp(join(tmpdir(), 'retained-copy-'));
    ends.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'copy.sqlite');
    await store.copyTo(file);
    const copy = await openSqliteStore(file);
    ends.push(() => copy.close());
    expect(await copy.read()).toEqual(await store.read());
    expect(copy.id).toBe(store.id);
    await expect(store.copyTo(file)).rejects.toThrow('is there already');
  });
});

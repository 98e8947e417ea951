/**
 * A database that can't be used: said clearly, nothing overwritten, a copy kept, and one command to begin again. The
 * files are those of a real store, of which bytes were changed or cut off.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setAsideDatabase, whyUnusable } from '../../../scripts/host/database.ts';
import { logTo, type LogEntry } from '../../shared/log.ts';
import { applicationId, migrations } from '../../store/migrations.ts';
import { isSetAside } from '../../store/set-aside.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import type { Change, ClassRow, MemberRow } from '../../store/store.ts';
import { start, type RunningServer } from '../main.ts';

let place: string;
let data: string;
let logged: LogEntry[];
let logAsBefore: () => void;
const running: RunningServer[] = [];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'retained-damaged-'));
  data = join(place, 'data');
  mkdirSync(join(place, 'site'));
  mkdirSync(data);
  writeFileSync(join(place, 'site', 'index.html'), 'page');
  logged = [];
  logAsBefore = logTo((entry) => logged.push(entry));
});
afterEach(async () => {
  logAsBefore();
  vi.restoreAllMocks();
  for (const server of running.splice(0)) await server.stop();
  rmSync(place, { recursive: true });
});

async function begin(): Promise<RunningServer> {
  const server = await start({
    exercises: { get: async () => null },
    ...{ site: join(place, 'site'), host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0, data },
  });
  running.push(server);
  return server;
}
const file = () => join(data, 'classroom.sqlite');
const log = () => `${file()}-wal`;
const now = Date.now();
const room: ClassRow = { id: 'c1', code: 'BCDFGH', language: 'en', locked: false, listOnly: false, asks: false, assignment: null, shared: null, created: now }; // prettier-ignore
const member = (n: number): Change => ({ put: 'member', row: { id: `m${n}`, class: 'c1', name: '美', words: `w${n}`, secrets: [], joined: now, seat: null, handle: null } satisfies MemberRow }); // prettier-ignore
const members = async (path = file()) => {
  const store = await openSqliteStore(path);
  const { length } = (await store.read()).members;
  await store.close();
  return length;
};

/** Closed in order: all is in the one file. */
async function closed(count = 400): Promise<void> {
  const store = await openSqliteStore(file());
  await store.write([{ put: 'class', row: room }, ...Array.from({ length: count }, (_, n) => member(n))]); // prettier-ignore
  await store.close();
}
/** As after `kill -9`: 50 members are in the file, and 40 writes that were confirmed since are in its log. */
async function killed(): Promise<void> {
  const other = join(place, 'open');
  const path = join(other, 'classroom.sqlite');
  let store = await openSqliteStore(path);
  await store.write([{ put: 'class', row: room }, ...Array.from({ length: 50 }, (_, n) => member(n))]); // prettier-ignore
  await store.close();
  store = await openSqliteStore(path);
  for (let n = 50; n < 90; n++) await store.write([member(n)]);
  for (const ending of ['', '-wal']) cpSync(path + ending, file() + ending);
  await store.close();
}
/** Changes bytes from there on, each to what it was not. */
function overwrite(path: string, at: number, length: number): void {
  const bytes = readFileSync(path);
  for (let n = at; n < at + length; n++) bytes[n] = bytes[n]! ^ 0x5a;
  writeFileSync(path, bytes);
}
const contents = () =>
  new Map(['', '-wal'].filter((ending) => existsSync(file() + ending)).map((ending) => [ending, readFileSync(file() + ending)])); // prettier-ignore
const asides = () => readdirSync(data).filter((name) => isSetAside(name)).sort(); // prettier-ignore

/** The start is refused: in these words, with all as it was and a copy of it; `set-aside` then makes room. */
async function refused(words: RegExp): Promise<void> {
  const before = contents();
  const failure = (await begin().catch((error: unknown) => error)) as Error;
  expect(failure.message).toMatch(words);
  expect(failure.message).toContain(file());
  expect(contents()).toEqual(before);
  const kept = asides();
  expect(failure.message).toContain(`A copy of it is ${join(data, kept[0]!)}.`);
  const isKept = () => {
    expect(kept).toHaveLength(before.size);
    for (const [ending, bytes] of before)
      expect(readFileSync(join(data, kept[0]! + (before.has('') ? ending : ''))).equals(bytes)).toBe(true); // prettier-ignore
  };
  isKept();
  // A second start says the same, and makes no second copy.
  await expect(begin()).rejects.toThrow(failure.message);
  expect(asides()).toEqual(kept);
  expect(await whyUnusable(data)).toMatch(words);
  expect(contents()).toEqual(before);

  expect(await setAsideDatabase(data)).toContain(join(data, kept[0]!));
  expect(existsSync(file())).toBe(false);
  isKept();
  const server = await begin();
  expect(server.teacherSecret).toHaveLength(32);
  await server.stop();
  expect(await members()).toBe(0);
  isKept();
}

describe('a file that is not as it was written', () => {
  test.each<[string, () => void]>([
    ['overwritten in the middle', () => overwrite(file(), 8192, 20_000)],
    ['overwritten in one page', () => overwrite(file(), 3 * 4096, 64)],
    ['cut off within a page', () => truncateSync(file(), 20_000)],
    ['cut off at the end of a page', () => truncateSync(file(), 5 * 4096)],
    ['cut off after its first bytes', () => truncateSync(file(), 50)],
  ])('%s', async (_, spoil) => {
    await closed();
    spoil();
    await refused(/is damaged|no SQLite database/);
  });

  test('a byte within the text of a row, which SQLite does not notice', async () => {
    await closed();
    const bytes = readFileSync(file());
    const at = bytes.lastIndexOf('w7[]');
    expect(at).toBeGreaterThan(0);
    bytes.write('{', at + 2);
    writeFileSync(file(), bytes);
    await refused(/is damaged \(a row/);
  });

  test('empty', async () => {
    const { teacherSecret } = await begin();
    await running.pop()!.stop();
    truncateSync(file(), 0);
    await refused(/is damaged \(it is empty\)/);
    // The teacher's link is the one of before.
    expect((await begin()).teacherSecret).toBe(teacherSecret);
  });

  test('empty at a first start that was interrupted, it is a new one', async () => {
    writeFileSync(file(), '');
    await (await begin()).stop();
    expect(await members()).toBe(0);
  });

  test('of another program', async () => {
    writeFileSync(file(), 'hello '.repeat(2000));
    await refused(/no SQLite database/);
  });

  test('another program’s database', async () => {
    const database = new DatabaseSync(file());
    database.exec('CREATE TABLE recipe (name TEXT)');
    database.close();
    await refused(/database of another program/);
  });
});

describe('after a crash', () => {
  test('all that was confirmed is there, and no copy is left', async () => {
    await killed();
    await (await begin()).stop();
    expect(await members()).toBe(90);
    expect(asides()).toEqual([]);
    expect(logged.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test.each<[string, () => void]>([
    ['the log’s head is overwritten', () => overwrite(log(), 8, 16)],
    ['a frame in the middle of the log is overwritten', () => overwrite(log(), readFileSync(log()).length / 2, 200)], // prettier-ignore
    ['the first frame of the log is overwritten', () => overwrite(log(), 40, 30)],
    ['the file is overwritten beside its log', () => overwrite(file(), 4096, 8192)],
    ['the file is empty beside its log', () => truncateSync(file(), 0)],
  ])('%s', async (_, spoil) => {
    await killed();
    spoil();
    await refused(/is damaged|no SQLite database/);
  });

  test('the file is gone, and its log is there', async () => {
    await killed();
    rmSync(file());
    const before = readFileSync(log());
    await expect(begin()).rejects.toThrow(/is damaged \(it is missing/);
    expect(readFileSync(log()).equals(before)).toBe(true);
    await setAsideDatabase(data);
    await (await begin()).stop();
    expect(await members()).toBe(0);
  });

  test.each<[string, () => void]>([
    ['cut off in its last frame', () => truncateSync(log(), readFileSync(log()).length - 1000)],
    ['overwritten in its last frame', () => overwrite(log(), readFileSync(log()).length - 900, 300)], // prettier-ignore
  ])(
    'the log is %s, as a power failure does: all but the last is there, and a copy',
    async (_, spoil) => {
      await killed();
      spoil();
      const before = contents();
      await (await begin()).stop();
      expect(await members()).toBe(89);
      const kept = asides();
      expect(kept).toHaveLength(2);
      expect(readFileSync(join(data, kept[0]!)).equals(before.get('')!)).toBe(true);
      expect(readFileSync(join(data, kept[1]!)).equals(before.get('-wal')!)).toBe(true);
      expect(logged.find(({ event }) => event === 'log-torn')?.text).toContain(
        join(data, kept[0]!),
      );
    },
  );
});

describe('versions', () => {
  test('a newer one', async () => {
    await closed(3);
    const database = new DatabaseSync(file());
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    await refused(/newer version.*Update the course/s);
  });

  test('an older one is taken over, and a copy of it is kept', async () => {
    const database = new DatabaseSync(file());
    database.exec(migrations[0]);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
    database.exec(`INSERT INTO about VALUES ('old'); INSERT INTO class (id, code, language, locked, created) VALUES ('c1', 'BCDFGH', 'en', 0, ${now})`); // prettier-ignore
    database.close();
    await (await begin()).stop();
    const store = await openSqliteStore(file());
    expect((await store.read()).classes).toMatchObject([{ id: 'c1', code: 'BCDFGH' }]);
    await store.close();
    const kept = new DatabaseSync(`${file()}.version-1`, { readOnly: true });
    expect(kept.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(kept.prepare('SELECT id FROM class').all()).toEqual([{ id: 'c1' }]);
    kept.close();
  });

  test('an older one that is damaged is no older one', async () => {
    const database = new DatabaseSync(file());
    for (const migration of migrations.slice(0, 2)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 2`);
    for (let n = 0; n < 200; n++)
      database.exec(`INSERT INTO class VALUES ('c${n}', 'C${n}', 'en', 0, 1)`);
    database.close();
    overwrite(file(), 4 * 4096, 300);
    await refused(/is damaged/);
    expect(readdirSync(data).filter((name) => name.includes('.version-'))).toEqual([]);
  });
});

describe('set-aside', () => {
  test('leaves a sound database, and one in use, where they are', async () => {
    await closed(3);
    const before = contents();
    await expect(setAsideDatabase(data)).rejects.toThrow(/is sound/);
    expect(contents()).toEqual(before);
    await begin();
    await expect(setAsideDatabase(data)).rejects.toThrow(/is open with this folder/);
    await running.pop()!.stop();
    expect(await members()).toBe(3);
    rmSync(file());
    await expect(setAsideDatabase(data)).rejects.toThrow(/has no classroom.sqlite/);
  });
});

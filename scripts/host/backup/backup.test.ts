/** A data folder as a file and back: with and without a server, and with everything that can go wrong. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { start, type RunningServer } from '../../../sandbox/server/main.ts';
import { migrations } from '../../../sandbox/store/migrations.ts';
import { openSqliteStore } from '../../../sandbox/store/sqlite.ts';
import type { ClassRow, MemberRow } from '../../../sandbox/store/store.ts';
import { pack, unpack } from './archive.ts';
import { backUp, restore } from './backup.ts';

let place: string;
let data: string;
let file: string;
const running: RunningServer[] = [];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'retained-backup-'));
  data = join(place, 'data');
  file = join(place, 'retained.zip');
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  rmSync(place, { recursive: true });
});

// Today: a class of which nothing was heard for long is deleted at a start.
const now = Date.now();
const room: ClassRow = {
  id: 'c1',
  code: 'BCDFGH',
  language: 'en',
  locked: false,
  listOnly: false,
  asks: false,
  assignment: null,
  shared: null,
  created: now,
};
const mei: MemberRow = {
  id: 'm1',
  class: 'c1',
  name: '美',
  words: 'a-b-c',
  secrets: [],
  joined: now,
  seat: null,
  handle: null,
};
async function write(members: readonly MemberRow[] = [mei]): Promise<void> {
  const store = await openSqliteStore(join(data, 'classroom.sqlite'));
  await store.write([{ put: 'class', row: room }, ...members.map((row) => ({ put: 'member', row }) as const)]); // prettier-ignore
  await store.close();
}
async function serve(): Promise<RunningServer> {
  const site = join(place, 'site');
  mkdirSync(site, { recursive: true });
  const server = await start({
    exercises: { get: async () => null },
    ...{ site, data, host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
  });
  running.push(server);
  return server;
}
const task = (over = {}) => ({ file, data, version: '1.2.3', ...over });
const other = () => join(place, 'other');
async function membersOf(folder: string): Promise<string[]> {
  const store = await openSqliteStore(join(folder, 'classroom.sqlite'));
  const { members } = await store.read();
  await store.close();
  return members.map(({ name }) => name);
}
/** Every file with its bytes. */
const snapshot = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [path.slice(folder.length), readFileSync(path, 'hex')]),
  );

describe('a backup', () => {
  test('of a folder that no server uses is restored whole, for its owner only', async () => {
    await write();
    await (await serve()).stop();
    const before = snapshot(data);
    expect(await backUp(task())).toMatch(/retained\.zip: \d+ files.*keep it where only you/s);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    await restore(task({ data: other() }));
    expect(await membersOf(other())).toEqual(['美']);
    const keys = Object.keys(before).filter((path) => !/sqlite|\.sock/.test(path));
    expect(keys).toEqual(expect.arrayContaining(['/teacher-secret']));
    for (const path of keys) expect(snapshot(other())[path]).toBe(before[path]);
    expect(readdirSync(data).filter((name) => name.startsWith('backup-'))).toEqual([]);
  });

  test('of an open course has what was confirmed, and the course goes on', async () => {
    await write();
    await serve();
    // In the write-ahead log only, and the file is locked.
    await expect(openSqliteStore(join(data, 'classroom.sqlite'))).rejects.toThrow('Another server');
    await backUp(task());
    await restore(task({ data: other() }));
    expect(await membersOf(other())).toEqual(['美']);
    expect(readdirSync(data).filter((name) => name.startsWith('backup-'))).toEqual([]);
    expect(readdirSync(place).sort()).toEqual(['data', 'other', 'retained.zip', 'site']);
  });

  test('never replaces a file', async () => {
    await write();
    writeFileSync(file, 'mine');
    await expect(backUp(task())).rejects.toThrow('nothing is overwritten');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('of a folder that is not there, or is empty, says so', async () => {
    await expect(backUp(task())).rejects.toThrow('There is no data folder');
    mkdirSync(data);
    await expect(backUp(task())).rejects.toThrow('nothing to back up');
    expect(existsSync(file)).toBe(false);
  });

  test('of a damaged database is refused, and the database stays as it is', async () => {
    await write(Array.from({ length: 300 }, (_, n) => ({ ...mei, id: `m${n}`, words: `w${n}` })));
    const path = join(data, 'classroom.sqlite');
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 8192, 40_000);
    writeFileSync(path, bytes);
    await expect(backUp(task())).rejects.toThrow(/damaged/);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(place)).toEqual(['data']);
    expect(readdirSync(data)).toEqual(['classroom.sqlite']);
  });

  // SIGTERM while SQLite copies, in a process of its own.
  test.skipIf(process.platform === 'win32')(
    'that is ended leaves no half file',
    async () => {
      const big = 'x'.repeat(30_000);
      await write(Array.from({ length: 100 }, (_, n) => ({ ...mei, id: `m${n}`, words: `w${n}`, name: big }))); // prettier-ignore
      for (const when of [0, 15, 60]) {
        const program = `
        import { backUp } from ${JSON.stringify(import.meta.resolve('./backup.ts'))};
        process.stdout.write('go');
        await backUp(${JSON.stringify(task())});`;
        const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
        const ended = once(child, 'exit');
        await once(child.stdout, 'data');
        await new Promise((resolve) => setTimeout(resolve, when));
        child.kill('SIGTERM');
        await ended;
        // Under its name it is whole, or it is not there.
        if (existsSync(file)) expect(unpack(readFileSync(file)).files.size).toBeGreaterThan(0);
        rmSync(file, { force: true });
        expect(readdirSync(place)).toEqual(['data']);
      }
      // What is left is removed by the next start, and the next backup is whole.
      await serve();
      expect(readdirSync(data).filter((name) => name.startsWith('backup-'))).toEqual([]);
      await backUp(task());
      await restore(task({ data: other() }));
      expect(await membersOf(other())).toHaveLength(100);
    },
    60_000,
  );
});

describe('a restore', () => {
  test('goes into an empty folder only', async () => {
    await write();
    await backUp(task());
    const before = snapshot(data);
    await expect(restore(task())).rejects.toThrow(/not empty .*Nothing is overwritten/);
    expect(snapshot(data)).toEqual(before);
    mkdirSync(other());
    await restore(task({ data: other() }));
    expect(await membersOf(other())).toEqual(['美']);
  });

  const files = new Map([['teacher-secret', Buffer.from('s')]]);
  const some = { version: '9.0.0', dataVersion: 0, made: '2026-01-01T00:00:00Z', files };
  const newerDatabase = (): Map<string, Buffer> => {
    const path = join(place, 'newer.sqlite');
    const database = new DatabaseSync(path);
    database.exec(`CREATE TABLE about (id TEXT); PRAGMA application_id = ${0x52455444}; PRAGMA user_version = 99`); // prettier-ignore
    database.close();
    return new Map([['classroom.sqlite', readFileSync(path)]]);
  };
  test.each<[string, () => Uint8Array, RegExp]>([
    ['no zip', () => Buffer.from('hello'), /no backup/],
    ['another zip', () => zipSync({ a: Buffer.from('a') }), /no backup of the course/],
    ['a newer database, as the list says', () => pack({ ...some, dataVersion: migrations.length + 1 }), /newer version .*9\.0\.0.*Update/], // prettier-ignore
    ['a newer database, as the file says', () => pack({ ...some, files: newerDatabase() }), /newer version/], // prettier-ignore
    ['a newer format', () => relisted({ format: 2 }), /newer version/],
    ['a path out of the folder', () => pack({ ...some, files: new Map([['../out', Buffer.from('x')]]) }), /damaged: "\.\.\/out"/], // prettier-ignore
    ['an absolute path', () => pack({ ...some, files: new Map([['/tmp/out', Buffer.from('x')]]) }), /damaged/], // prettier-ignore
    ['changed bytes', () => zipSync({ ...unzipSync(pack(some)), 'teacher-secret': Buffer.from('t') }), /damaged: "teacher-secret"/], // prettier-ignore
    ['a file less', () => cut(pack(some), 'teacher-secret'), /damaged/],
    ['half of it', () => pack(some).slice(0, 200), /no backup/],
  ])('of %s is refused, and nothing is left', async (_, make, why) => {
    writeFileSync(file, make());
    await expect(restore(task())).rejects.toThrow(why);
    expect(existsSync(data) ? readdirSync(data) : []).toEqual([]);
    expect(existsSync(join(place, 'out'))).toBe(false);
  });
  function cut(bytes: Uint8Array, name: string): Uint8Array {
    const all = unzipSync(bytes);
    return zipSync(Object.fromEntries(Object.entries(all).filter(([path]) => path !== name)));
  }
  function relisted(over: object): Uint8Array {
    const all = unzipSync(pack(some));
    const list = JSON.parse(Buffer.from(all['retained-backup.json']!).toString()) as object;
    return zipSync({ ...all, 'retained-backup.json': Buffer.from(JSON.stringify({ ...list, ...over })) }); // prettier-ignore
  }

  test('of no file says so', async () => {
    await expect(restore(task())).rejects.toThrow('There is no file');
  });
});

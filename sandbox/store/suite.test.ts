/** What every store keeps. Another store joins by one more entry of `stores`; `postgres.test.ts` has what is PostgreSQL's alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Work } from '../protocol/work.ts';
import { hasPostgres, startPostgres, type Postgres } from '../testing/postgres.ts';
import { openPostgresStore } from './postgres.ts';
import { openSqliteStore } from './sqlite.ts';
import type { ClassRow, MemberRow, MistakeRow, Store } from './store.ts';

let folder: string;
const open: Store[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'retained-store-'))));
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  await rm(folder, { recursive: true });
});
const file = () => join(folder, 'data', 'classroom.sqlite');
async function opened(make: () => Promise<Store>): Promise<Store> {
  const store = await make();
  open.push(store);
  return store;
}

const room: ClassRow = {
  id: 'c1',
  code: 'BCDFGH',
  language: 'en',
  locked: false,
  listOnly: false,
  asks: true,
  assignment: { isTest: true, exercises: [{ exercise: 'wills/presence', from: 7 }] },
  shared: { isOpen: true, isPaused: false, key: 'k' },
  created: 5,
};
const mei: MemberRow = {
  ...{
    id: 'm1',
    class: 'c1',
    name: '<b>美</b>',
    words: 'a-b-c',
    secrets: ['00', 'ff'],
    joined: 6,
    seat: 'taken',
    handle: 'mei',
  },
};
const some: Work = {
  ...{ member: 'm1', exercise: 'wills/presence', started: 1, active: 2, tries: 3, repeats: 2 },
  ...{ green: 1, checks: 2, advanced: 1, red: 'gone', passed: null, took: null, said: null },
  hint: { id: 'no-will', values: { topic: "a'b", count: 2 } },
};
const begin = (store: Store) =>
  store.write([
    { put: 'class', row: room },
    { put: 'member', row: mei },
    { put: 'work', row: some },
  ]);

let server: Postgres | undefined;
let url = '';
beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
}, 60_000);
afterAll(() => server?.end());
beforeEach(() => void (url = server?.url() ?? ''));

const stores = [
  { name: 'SQLite', isHere: true, open: (): Promise<Store> => openSqliteStore(file()) },
  {
    name: 'PostgreSQL',
    isHere: hasPostgres,
    open: (): Promise<Store> => openPostgresStore(url, { whenHeld: 'refuse' }),
  },
];

describe.each(stores)('$name', ({ open: make, isHere }) => {
  beforeEach(({ skip }) => skip(!isHere, 'no PostgreSQL here'));

  test('a copy that is made while others write is of one moment', async () => {
    const store = await opened(make);
    await begin(store);
    const copy = join(folder, 'copy.sqlite');
    let isCopying = true;
    const copied = store.copyTo(copy).finally(() => (isCopying = false));
    for (let n = 2; isCopying; n += 1) {
      const row = { ...room, id: `c${n}`, code: `CODE${n}` };
      await store.write([{ put: 'class', row }]);
      await store.write([{ put: 'member', row: { ...mei, id: `m${n}`, class: row.id } }]);
    }
    await copied;
    const { member } = new DatabaseSync(copy)
      .prepare('SELECT COUNT(*) AS member FROM member')
      .get()!;
    expect(member).toBeGreaterThan(0);
  });
  test('what the teacher said holds until its time, and goes with its class and its member', async () => {
    const store = await opened(make);
    await begin(store);
    const say = (topic: string, payload: string, until: number) =>
      store.write([{ put: 'said', row: { class: 'c1', topic, payload, until } }]);
    await say('class/all/note', '<b>a</b>', 10);
    await say('class/all/note', 'b', 20);
    await say('class/all/freeze', 'c', 15);
    await say('class/m1/note', 'd', 30);
    const at = async (now: number) => (await store.said('c1', now)).map(({ payload }) => payload);
    expect(await at(14)).toEqual(['c', 'b', 'd']);
    expect(await at(15)).toEqual(['b', 'd']);
    await store.write([{ drop: 'said', until: 15 }]);
    expect(await at(0)).toEqual(['b', 'd']);
    await store.write([{ drop: 'member', id: 'm1' }]);
    expect(await at(0)).toEqual(['b']);
    expect(await store.said('c2', 0)).toEqual([]);
    await store.write([{ drop: 'class', id: 'c1' }]);
    expect(await at(0)).toEqual([]);
  });

  test('what was written is there after a restart, as it was', async () => {
    const store = await opened(make);
    await begin(store);
    await store.write([{ put: 'progress', member: 'm1', text: '{"version":1}' }]);
    const { id } = store;
    await store.close();
    const again = await opened(make);
    expect(await again.read()).toEqual({ classes: [room], members: [mei], work: [some] });
    expect(await again.progress('m1')).toBe('{"version":1}');
    expect(await again.progress('m2')).toBeNull();
    expect(again.id).toBe(id);
  });

  test('the teacher’s sessions come in the order of their ends, and go one by one', async () => {
    const store = await opened(make);
    const put = (hash: string, until: number) =>
      ({ put: 'session', row: { hash, until } }) as const;
    await store.write([put('b', 2), put('a', 3), put('c', 1)]);
    expect((await store.sessions()).map(({ hash }) => hash)).toEqual(['c', 'b', 'a']);
    await store.write([
      { drop: 'session', hash: 'b' },
      { drop: 'session', hash: 'x' },
      put('c', 4),
    ]);
    expect(await store.sessions()).toEqual([
      { hash: 'a', until: 3 },
      { hash: 'c', until: 4 },
    ]);
  });

  test('a mistake is kept once for each member and hint, with the latest program', async () => {
    const store = await opened(make);
    await begin(store);
    await store.write([{ put: 'member', row: { ...mei, id: 'm2', words: 'd-e-f' } }]);
    const mistake = (member: string, hint: string, made: number): MistakeRow => ({
      ...{ member, exercise: 'wills/presence', hint, made },
      example: { files: [{ name: 'a.ts', text: `// ${made} "'` }], values: { topic: 'x', n: 1 } },
    });
    for (const row of [
      mistake('m1', 'a', 1),
      mistake('m2', 'a', 2),
      mistake('m1', 'a', 3),
      mistake('m1', 'b', 4),
    ])
      // prettier-ignore
      await store.write([{ put: 'mistake', row }]);
    await store.close();
    const again = await opened(make);
    expect(await again.mistakes('c1', 'wills/presence')).toEqual([
      mistake('m1', 'b', 4),
      mistake('m1', 'a', 3),
      mistake('m2', 'a', 2),
    ]);
    expect(await again.mistakes('c1', 'wills/other')).toEqual([]);
    expect(await again.mistakes('c2', 'wills/presence')).toEqual([]);
    await again.write([{ drop: 'member', id: 'm1' }]);
    expect(await again.mistakes('c1', 'wills/presence')).toEqual([mistake('m2', 'a', 2)]);
  });

  test('a pass is stored once: the first one stays', async () => {
    const store = await opened(make);
    await begin(store);
    await store.write([{ put: 'work', row: { ...some, passed: 70, took: 3 } }]);
    await store.write([{ put: 'work', row: { ...some, tries: 9, passed: 90, took: 9 } }]);
    await store.write([{ put: 'work', row: { ...some, tries: 10 } }]);
    const { work } = await store.read();
    expect(work).toEqual([{ ...some, tries: 10, passed: 70, took: 3 }]);
  });

  test('one write is all or nothing, and takes no other with it', async () => {
    const store = await opened(make);
    await begin(store);
    const results = await Promise.allSettled([
      store.write([{ put: 'class', row: { ...room, id: 'c2', code: 'XXXXXX' } }]),
      store.write([
        { put: 'work', row: { ...some, exercise: 'a/b' } },
        { put: 'work', row: { ...some, member: 'nobody' } },
      ]),
      store.write([{ put: 'class', row: { ...room, id: 'c3', code: 'YYYYYY' } }]),
      store.write([{ put: 'class', row: { ...room, id: 'c4' } }]),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'rejected'],
    ]);
    const { classes, work } = await store.read();
    expect(classes.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3']);
    expect(work).toEqual([some]);
  });

  test('with a class goes everything of it, with a member everything of them', async () => {
    const store = await opened(make);
    await begin(store);
    await store.write([
      { put: 'member', row: { ...mei, id: 'm2', words: 'd-e-f' } },
      { put: 'work', row: { ...some, member: 'm2' } },
      { put: 'progress', member: 'm2', text: 'x' },
    ]);
    await store.write([{ drop: 'member', id: 'm1' }]);
    expect((await store.read()).work.map(({ member }) => member)).toEqual(['m2']);
    await store.write([{ drop: 'class', id: 'c1' }]);
    expect(await store.read()).toEqual({ classes: [], members: [], work: [] });
    expect(await store.progress('m2')).toBeNull();
  });

  test('a second server on the same data is refused; after the first one it is not', async () => {
    const store = await opened(make);
    await expect(make()).rejects.toThrow(
      /Another server uses .*(?:--data <folder>|--process <number>)/s,
    );
    await store.close();
    await begin(await opened(make));
  });
});

describe('the SQLite file', () => {
  test.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    await opened(() => openSqliteStore(file()));
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  });

  test('of a newer version is refused, and left as it is', async () => {
    await (await openSqliteStore(file())).close();
    const database = new DatabaseSync(file());
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(openSqliteStore(file())).rejects.toThrow(/newer version.*data version 99/s);
    const after = new DatabaseSync(file());
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    after.close();
  });

  test.each([
    [
      'another program',
      () => {
        const database = new DatabaseSync(join(folder, 'other.sqlite'));
        database.exec('CREATE TABLE notes (text)');
        database.close();
      },
    ],
    ['no database', () => writeFile(join(folder, 'other.sqlite'), 'hello '.repeat(1000))],
  ])('of %s is refused', async (_, make) => {
    await make();
    await expect(openSqliteStore(join(folder, 'other.sqlite'))).rejects.toThrow(
      /another program|no SQLite database/,
    );
  });

  // A limit on the size of files: what is beyond it is refused as by a full disk.
  test.skipIf(process.platform === 'win32')(
    'on a full disk refuses what it can’t store, and keeps all that it confirmed',
    async () => {
      const program = `
        import { openSqliteStore } from ${JSON.stringify(import.meta.resolve('./sqlite.ts'))};
        process.on('SIGXFSZ', () => {});
        const store = await openSqliteStore(${JSON.stringify(file())});
        await store.write([{ put: 'class', row: ${JSON.stringify(room)} }]);
        for (let n = 0; n < 1000; n++) {
          const row = { ...${JSON.stringify(mei)}, id: 'm' + n, words: 'w' + n };
          const member = { put: 'member', row };
          const text = { put: 'progress', member: row.id, text: 'x'.repeat(20000) };
          try {
            await store.write([member, text]);
          } catch (error) {
            console.log(error.trouble, n, (await store.read()).members.length);
            break;
          }
        }`;
      // 1,024-byte blocks.
      const child = spawn('bash', [
        '-c',
        `ulimit -f 600; exec "$0" "$@"`,
        process.execPath,
        '--input-type=module',
        '-e',
        program,
      ]);
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      await once(child, 'close');
      const [, count, read] = /^failed (\d+) (\d+)\n$/.exec(out)!;
      expect(Number(count)).toBeGreaterThan(5);
      expect(read).toBe(count);
      const again = await opened(() => openSqliteStore(file()));
      const { members } = await again.read();
      expect(members.map(({ id }) => id).sort()).toEqual(
        Array.from({ length: Number(count) }, (_, n) => `m${n}`).sort(),
      );
      // With room again, it goes on.
      await again.write([{ put: 'member', row: { ...mei, words: 'later' } }]);
    },
  );

  test('after kill -9 has every write that was confirmed', async () => {
    const program = `
      import { openSqliteStore } from ${JSON.stringify(import.meta.resolve('./sqlite.ts'))};
      const store = await openSqliteStore(${JSON.stringify(file())});
      await store.write([{ put: 'class', row: ${JSON.stringify(room)} }]);
      for (let n = 0; ; n++) {
        await store.write([{ put: 'member', row: { ...${JSON.stringify(mei)}, id: 'm' + n, words: 'w' + n } }]);
        process.stdout.write('m' + n + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    let confirmed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      confirmed += chunk.toString();
      if (confirmed.includes('m99\n')) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const store = await opened(() => openSqliteStore(file()));
    const kept = new Set((await store.read()).members.map(({ id }) => id));
    const lost = confirmed
      .split('\n')
      .slice(0, -1)
      .filter((id) => !kept.has(id));
    expect(lost).toEqual([]);
    expect(kept.size).toBeGreaterThanOrEqual(100);
  });
});

/** Servers that share a real PostgreSQL: what the one with the classes does, and what those do that wait. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { backUp, restore } from '../../../scripts/host/backup/backup.ts';
import { logTo, type LogEntry } from '../../shared/log.ts';
import { hasPostgres, startPostgres, type Postgres } from '../../testing/postgres.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { start, type RunningServer, type StartOptions } from '../main.ts';
import { Device } from './testing/class-server.ts';
import { testExercises } from './testing/test-exercises.ts';

let postgres: Postgres;
let database = '';
let place: string;
let logged: LogEntry[];
let logAsBefore: () => void;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.end());
beforeEach(() => {
  database = hasPostgres ? postgres.url() : '';
  place = mkdtempSync(join(tmpdir(), 'retained-shared-'));
  logged = [];
  logAsBefore = logTo((entry) => logged.push(entry));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  logAsBefore();
  vi.restoreAllMocks();
  rmSync(place, { recursive: true });
});

const sql = (text: string) => postgres.sql(text, database.split('/').at(-1)).trim();
const dataOf = (number: number) => join(place, `data-${number}`);
/** @param number of the process; its data folder has the number, too */
async function begin(number: number, more: Partial<StartOptions> = {}): Promise<RunningServer> {
  const server = await start({
    ...{ exercises: testExercises, site: place, host: '127.0.0.1' },
    ...{ port: 0, mqttPort: 0, tlsPort: 0, data: dataOf(number), process: number, database },
    ...more,
  });
  ends.push(() => server.stop());
  return server;
}
function page({ port }: RunningServer, { cookies } = new Device('')): Device {
  const device = new Device(`http://127.0.0.1:${port}`);
  for (const [name, value] of cookies) device.cookies.set(name, value);
  ends.push(() => device.close());
  return device;
}
const holds = async (server: RunningServer) =>
  (await page(server).fetch('/healthz/classes')).status === 200;
const held = (server: RunningServer) =>
  expect.poll(() => holds(server), { timeout: 15_000 }).toBe(true);
async function makeClass(server: RunningServer) {
  const teacher = page(server);
  await teacher.post('/api/class/teacher', { secret: server.teacherSecret });
  const made = await teacher.post('/api/class/classes', { language: 'en' });
  const [{ id, code }] = made['classes'] as [{ id: string; code: string }];
  const mei = page(server);
  expect((await mei.post('/api/class/join', { code, name: '美' })).status).toBe(200);
  return { teacher, id, code, mei };
}
const statusOf = (device: Device, path: string) =>
  new Promise((resolve) =>
    device.socket(path).once('unexpected-response', (_, { statusCode }) => resolve(statusCode)),
  );

describe.skipIf(!hasPostgres)('classes in PostgreSQL', { timeout: 60_000 }, () => {
  test('who waits serves pages and rooms, and says to come again for a class', async () => {
    const [first, second] = [await begin(1), await begin(2)];
    expect([await holds(first), await holds(second)]).toEqual([true, false]);
    expect(second).toMatchObject({ teacherSecret: null, whyNoClasses: expect.stringContaining('takes over') }); // prettier-ignore
    const reader = page(second);
    expect((await reader.fetch('/healthz')).status).toBe(200);
    const room = await reader.open('a/one');
    await room.run();
    for (const path of ['/api/class/me', '/api/class/kept', '/api/class/classes']) {
      const { status, headers } = await reader.fetch(path);
      expect([path, status, headers.get('retry-after')]).toEqual([path, 503, '3']);
    }
    expect(await statusOf(reader, '/class/mqtt')).toBe(503);
    expect(await statusOf(reader, '/class/any')).toBe(503);
    // Somebody in a class has rooms where the class is: the proxy asks the next process.
    reader.cookies.set('retained-member-00000000', 'any');
    expect((await reader.post('/api/rooms', { exercise: 'a/one' })).status).toBe(503);
    expect(await statusOf(reader, `/watch/${room.keys.address}?key=${room.keys.watchKey}`)).toBe(
      503,
    );
    const away = { headers: { authorization: `Bearer ${first.teacherSecret}` } };
    expect((await reader.fetch('/metrics', away)).status).toBe(404);
  });

  test('every process knows the same teacher, cookies, codes and evidence of old classes', async () => {
    const first = await begin(1);
    const { teacher, code, mei } = await makeClass(first);
    const second = await begin(2);
    const { teacherSecret } = first;
    await first.stop();
    await held(second);
    const key = join(dataOf(2), 'teacher-secret');
    expect(readFileSync(key, 'utf8').trim()).toBe(teacherSecret);
    if (process.platform !== 'win32') expect(statSync(key).mode & 0o777).toBe(0o600);
    expect((await page(second, mei).get('/api/class/me'))['member']).toMatchObject({ name: '美' });
    expect((await page(second, teacher).get('/api/class/classes')).status).toBe(200);
    const again = { secret: teacherSecret };
    expect((await page(second).post('/api/class/teacher', again)).status).toBe(200);
    expect((await page(second).post('/api/class/join', { code, name: 'Lin' })).status).toBe(200);
    // The first process has written when it ended, and the second one reads that.
    const seen = JSON.parse(sql(`SELECT text FROM retained.paper WHERE name = 'retention'`)) as { seen: object }; // prettier-ignore
    expect(JSON.stringify(seen)).toMatch(/"ran":[1-9]/);
  });

  test('the key that a course had with SQLite stays its key', async () => {
    const alone = await begin(1, { database: undefined } as unknown as Partial<StartOptions>);
    const { teacherSecret } = alone;
    await alone.stop();
    expect((await begin(1)).teacherSecret).toBe(teacherSecret);
  });

  test('what was taken over elsewhere is closed here: streams, rooms of members, and what was in memory', async () => {
    const first = await begin(1);
    const { teacher, id, mei } = await makeClass(first);
    const room = await mei.open('a/one');
    await room.run();
    const other = page(first);
    const alone = await other.open('a/one');
    const live = teacher.live(id);
    await expect.poll(() => live.members).toEqual(['美']);
    // As another process leaves it that has had the classes, and has renamed the member.
    sql(`UPDATE retained.holder SET epoch = epoch + 1; UPDATE retained.member SET name = 'Lin'`);
    sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'retained'`,
    );
    await room.closed;
    await live.end;
    await held(first);
    expect((await mei.fetch(`/api/rooms/${room.keys.address}?key=${room.keys.watchKey}`)).status).toBe(404); // prettier-ignore
    // Of nobody in a class: it goes on.
    await alone.run();
    expect((await mei.get('/api/class/me'))['member']).toMatchObject({ name: 'Lin' });
    expect(logged.map(({ event }) => event)).toEqual(expect.arrayContaining(['database-lost', 'classes-taken', 'classes-held'])); // prettier-ignore
  });

  test('a course of one process refuses a database that another one has', async () => {
    await begin(1);
    await expect(begin(2, { process: undefined } as unknown as Partial<StartOptions>)).rejects.toThrow(/Another server uses the database 127.0.0.1:\d+\/course\d+.*--process/); // prettier-ignore
  });

  test('a backup has the classes, as a course without a database can have them; who waits has none', async () => {
    const first = await begin(1);
    await makeClass(first);
    await begin(2);
    const file = join(place, 'course.zip');
    const task = { file, version: '1.0.0', hasDatabase: true };
    await expect(backUp({ ...task, data: dataOf(3) })).rejects.toThrow('no data folder');
    await backUp({ ...task, data: dataOf(1) });
    await restore({ ...task, data: dataOf(4) });
    const store = await openSqliteStore(join(dataOf(4), 'classroom.sqlite'));
    expect((await store.read()).members.map(({ name }) => name)).toEqual(['美']);
    await store.close();
    await first.stop();
    await expect(backUp({ ...task, data: dataOf(1), file: `${file}2` })).rejects.toThrow('pg_dump');
  });

  test('a newer version takes the database over: an older one that waits says so, and no password', async () => {
    const first = await begin(1);
    await first.stop();
    sql('UPDATE retained.about SET version = 99');
    const error: unknown = await begin(2).catch((error: unknown) => error);
    expect(error).toMatchObject({ trouble: 'newer' });
    const said = JSON.stringify(logged) + String((error as Error).message);
    expect(said).not.toMatch(/p@ss|p%40ss/);
  });
});

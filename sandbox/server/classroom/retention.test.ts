/** Old classes are deleted, and a clock that is wrong for a while deletes nothing: real stores, clocks that are set here. */
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Classroom } from '../../classroom/classroom.ts';
import { newWork } from '../../classroom/room-work.ts';
import { SandboxError } from '../../shared/errors.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { dayMs } from './old-evidence.ts';
import { Retention } from './retention.ts';
import { startClassServer } from './testing/class-server.ts';

const begin = Date.UTC(2026, 0, 10);
const hour = 3_600_000;
/** The clock on the wall, and the one that never jumps. */
let now = begin;
let running = 0;
let folder: string;
let classroom: Classroom;
let retention: Retention | undefined;
const file = () => join(folder, 'classroom.sqlite');
const codes = () => new Set(classroom.classes.map(({ row }) => row.code));

/** A start of the server. The monotonic clock begins anew with each. */
async function open(days: number): Promise<void> {
  classroom = await Classroom.open(await openSqliteStore(file()), { now: () => now });
  running = 0;
  retention = await Retention.start({ classroom, folder, days, running: () => running });
}
async function close(): Promise<void> {
  await retention?.close();
  retention = undefined;
  await classroom.close();
}
/** So many hours go by, on both clocks; there is a look in each. */
async function run(hours: number): Promise<void> {
  for (let n = 0; n < hours; n++) {
    now += hour;
    running += hour;
    await vi.advanceTimersByTimeAsync(hour);
    await retention!.looked();
  }
}
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
beforeEach(async () => {
  now = begin;
  folder = await mkdtemp(join(tmpdir(), 'retained-retention-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await close();
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

test('a class goes a day of running after its days, and not before; each sign of somebody counts', async () => {
  await open(30);
  const idle = (await classroom.create('en')).row.code;
  const joined = (await classroom.create('en')).row;
  const worked = (await classroom.create('en')).row;
  const { member } = await classroom.members.join(worked.code, 'Mei');
  now += 10 * dayMs;
  await classroom.members.join(joined.code, 'Lin');
  now += 10 * dayMs;
  await classroom.record({ ...newWork(member.row.id, 'a/b', now), passed: now });
  now = begin + 30 * dayMs - hour;
  await run(1);
  // The first look that calls it old.
  await run(1);
  await run(23);
  expect(codes()).toEqual(new Set([idle, joined.code, worked.code]));
  await run(1);
  expect(codes()).toEqual(new Set([joined.code, worked.code]));
  now = begin + 45 * dayMs;
  await run(26);
  expect(codes()).toEqual(new Set([worked.code]));
});

test('an hour at a time is enough: what has run is counted over restarts', async () => {
  await open(30);
  await classroom.create('en');
  now += 31 * dayMs;
  for (let n = 0; n < 24; n++) {
    await close();
    await open(30);
    expect(codes().size).toBe(1);
    await run(1);
    // The laptop sleeps until the next week.
    now += 7 * dayMs;
  }
  await run(1);
  expect(codes().size).toBe(0);
});

describe('a clock that is wrong', () => {
  test('years ahead at the start, until a time server answers: nothing goes, then or later', async () => {
    await open(30);
    const { code } = (await classroom.create('en')).row;
    await close();
    const jump = 12 * 365 * dayMs;
    now += jump;
    await open(30);
    await run(20);
    now -= jump;
    await run(20);
    await close();
    // The next start is so, too: the days of before are not added to it.
    now += jump;
    await open(30);
    await run(20);
    now -= jump;
    await run(2);
    expect(codes()).toEqual(new Set([code]));
    now += 30 * dayMs;
    await run(26);
    expect(codes()).toEqual(new Set());
  });

  test('a jump while the server runs', async () => {
    await open(30);
    const { code } = (await classroom.create('en')).row;
    await run(48);
    now += 400 * dayMs;
    await run(12);
    now -= 400 * dayMs;
    await run(48);
    expect(codes()).toEqual(new Set([code]));
  });

  test('that goes back deletes nothing, nor when it is right again', async () => {
    await open(5);
    const { code } = (await classroom.create('en')).row;
    now -= 20_000 * dayMs;
    await run(40);
    now += 20_000 * dayMs - 40 * hour;
    await run(20);
    expect(codes()).toEqual(new Set([code]));
  });

  test('a class of 1970 is as old as the first right clock that saw it', async () => {
    now = 5 * hour;
    await open(20);
    const { code } = (await classroom.create('en')).row;
    await run(30);
    now = begin;
    await run(48);
    now += 18 * dayMs;
    await run(24);
    expect(codes()).toEqual(new Set([code]));
    await run(2);
    expect(codes()).toEqual(new Set());
  });

  test('a class of the year 2100 goes when the course has run for its days without a sign', async () => {
    now = Date.UTC(2100, 0, 1);
    await open(2);
    const { code } = (await classroom.create('en')).row;
    await run(1);
    now = begin;
    await run(48);
    expect(codes()).toEqual(new Set([code]));
    await run(25);
    expect(codes()).toEqual(new Set());
  });

  test('what the teacher said is not deleted by it either', async () => {
    await open(30);
    const { id } = (await classroom.create('en')).row;
    const topic = 'class/note';
    await classroom.keepSaid(id, { topic, payload: 'x', until: now + 3 * dayMs });
    now += 400 * dayMs;
    await run(20);
    now -= 400 * dayMs;
    await run(20);
    expect(await classroom.said(id)).toHaveLength(1);
    await run(48);
    const drop = vi.spyOn(classroom, 'dropSaid');
    await run(48);
    expect(Math.max(...drop.mock.calls.map(([until]) => until))).toBeGreaterThan(begin + 3 * dayMs);
  });
});

test('a damaged note of what has run begins the day anew', async () => {
  await open(1);
  await classroom.create('en');
  now += 2 * dayMs;
  await run(20);
  await close();
  const note = join(folder, 'retention.json');
  expect(JSON.parse(await readFile(note, 'utf8'))).toMatchObject({ ran: 20 * hour });
  for (const text of ['', '{"ran":1e99,"seen":{', '{"ran":-1,"seen":{}}', 'null', '[]']) {
    await writeFile(note, text);
    await open(1);
    await run(20);
    await close();
  }
  await open(1);
  expect(codes().size).toBe(1);
  await run(5);
  expect(codes().size).toBe(0);
});

test('a full disk is tried again an hour later, and the class ends for its listeners', async () => {
  await open(2);
  const { id } = (await classroom.create('en')).row;
  const ended = vi.fn();
  classroom.listen(id, { work() {}, changed() {}, kept() {}, ended });
  now += 3 * dayMs;
  await run(24);
  vi.spyOn(classroom, 'drop').mockRejectedValueOnce(new SandboxError('not-kept'));
  await run(1);
  expect([codes().size, ended.mock.calls.length]).toEqual([1, 0]);
  await run(1);
  expect([codes().size, ended.mock.calls.length]).toEqual([0, 1]);
});

test('what is kept of a database from before goes as old classes do; nothing else goes', async () => {
  now = begin + 40 * dayMs;
  for (const [name, days] of [
    ['classroom.sqlite.version-1', 31],
    ['classroom.sqlite.version-2', 20],
    ['classroom.sqlite.aside-0123abcd', 31],
    ['classroom.sqlite.aside-0123abcd-wal', 31],
    ['other.sqlite.version-1', 35],
  ] as const) {
    // prettier-ignore
    await writeFile(join(folder, name), 'old');
    await utimes(join(folder, name), 1, (now - days * dayMs) / 1_000);
  }
  await open(30);
  const left = async () =>
    (await readdir(folder)).filter((name) => /version|aside/.test(name)).sort();
  await run(23);
  expect(await left()).toHaveLength(5);
  await run(2);
  expect(await left()).toEqual(['classroom.sqlite.version-2', 'other.sqlite.version-1']);
});

test('the server says to anybody how many days, as the host has chosen', async () => {
  vi.useRealTimers();
  await open(1);
  for (const [more, days] of [
    [{}, 180],
    [{ keepClasses: 14 }, 14],
  ] as const) {
    // prettier-ignore
    const course = await startClassServer(more);
    expect(await course.device().get('/api/class/kept')).toEqual({ status: 200, days });
    await course.end();
  }
});

/** Old classes are deleted, at the start and once a day, by a clock that is set here. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Classroom } from '../../classroom/classroom.ts';
import { newWork } from '../../classroom/room-work.ts';
import { SandboxError } from '../../shared/errors.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { dayMs, Retention } from './retention.ts';
import { startClassServer } from './testing/class-server.ts';

const begin = Date.UTC(2026, 0, 1);
let now = begin;
let folder: string;
let classroom: Classroom;
const file = () => join(folder, 'classroom.sqlite');
const codes = () => classroom.classes.map(({ row }) => row.code);
const open = async () =>
  (classroom = await Classroom.open(await openSqliteStore(file()), { now: () => now }));
beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  now = begin;
  folder = await mkdtemp(join(tmpdir(), 'retained-retention-'));
  await open();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await classroom.close();
  await rm(folder, { recursive: true, force: true });
});

test('at the start: a class goes a moment after its days, and not before; each sign counts', async () => {
  const idle = (await classroom.create('en')).row.code;
  const joined = (await classroom.create('en')).row;
  const worked = (await classroom.create('en')).row;
  const { member } = await classroom.members.join(worked.code, 'Mei');
  now += 10 * dayMs;
  await classroom.members.join(joined.code, 'Lin');
  now += 10 * dayMs;
  await classroom.record({ ...newWork(member.row.id, 'a/b', now), passed: now });
  const start = async () => {
    await classroom.close();
    await open();
    (await Retention.start({ classroom, folder, days: 30 })).close();
    return new Set(codes());
  };
  now = begin + 30 * dayMs;
  expect(await start()).toEqual(new Set([idle, joined.code, worked.code]));
  now += 1;
  expect(await start()).toEqual(new Set([joined.code, worked.code]));
  now = begin + 40 * dayMs + 1;
  expect(await start()).toEqual(new Set([worked.code]));
  now = begin + 50 * dayMs + 1;
  expect(await start()).toEqual(new Set());
});

test('a clock that goes back deletes nothing', async () => {
  const { code } = (await classroom.create('en')).row;
  now -= 20_000 * dayMs;
  (await Retention.start({ classroom, folder, days: 1 })).close();
  expect(codes()).toEqual([code]);
});

test('once a day, while the server runs: also for a machine that slept; a full disk is tried again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { id } = (await classroom.create('en')).row;
  const ended = vi.fn();
  classroom.listen(id, { work() {}, changed() {}, kept() {}, ended });
  const drop = vi.spyOn(classroom, 'dropOlder');
  const retention = await Retention.start({ classroom, folder, days: 2 });
  const hours = (n: number) => vi.advanceTimersByTimeAsync(n * 3_600_000);
  now += dayMs - 1;
  await hours(23);
  expect(drop).toHaveBeenCalledTimes(1);
  now += 1;
  await hours(1);
  expect(drop).toHaveBeenCalledTimes(2);
  // Two days of sleep: no timer ran.
  now += 2 * dayMs;
  drop.mockRejectedValueOnce(new SandboxError('not-kept'));
  await hours(1);
  await hours(1);
  expect(drop).toHaveBeenCalledTimes(3);
  expect(codes()).toHaveLength(1);
  now += dayMs;
  await hours(1);
  await vi.waitFor(() => expect(codes()).toEqual([]));
  expect(ended).toHaveBeenCalledTimes(1);
  retention.close();
  now += 10 * dayMs;
  await hours(48);
  expect(drop).toHaveBeenCalledTimes(4);
});

test('a copy of the database from before an update goes as old classes do; nothing else goes', async () => {
  const seconds = (at: number) => at / 1_000;
  for (const [name, days] of [
    ['classroom.sqlite.version-1', 31],
    ['classroom.sqlite.version-2', 29],
    ['other.sqlite.version-1', 99],
  ] as const) {
    // prettier-ignore
    await writeFile(join(folder, name), 'old');
    await utimes(join(folder, name), 1, seconds(begin - days * dayMs));
  }
  (await Retention.start({ classroom, folder, days: 30 })).close();
  const left = (await readdir(folder)).filter((name) => name.includes('version'));
  expect(left.sort()).toEqual(['classroom.sqlite.version-2', 'other.sqlite.version-1']);
});

test('the server says to anybody how many days, as the host has chosen', async () => {
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

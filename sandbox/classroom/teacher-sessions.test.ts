import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { sessionDays, TeacherSessions } from './teacher-sessions.ts';

const dayMs = 86_400_000;
let folder: string;
let store: Store;
let now = 0;
const open = (linkSecret = 'secret') => TeacherSessions.open({ store, linkSecret, now: () => now });
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  folder = await mkdtemp(join(tmpdir(), 'retained-sessions-'));
  store = await openSqliteStore(join(folder, 'classroom.sqlite'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  await rm(folder, { recursive: true });
});

test('a session ends by itself, and the next one deletes it from the store', async () => {
  const sessions = await open();
  const token = await sessions.begin();
  now += sessionDays * dayMs - 1;
  expect(sessions.isOpen(token)).toBe(true);
  expect((await open()).isOpen(token)).toBe(true);
  now += 1;
  expect(sessions.isOpen(token)).toBe(false);
  expect((await open()).isOpen(token)).toBe(false);
  expect(sessions.count).toBe(0);
  await sessions.begin();
  expect(await store.sessions()).toHaveLength(1);
});

test('sessions of one secret are none of another', async () => {
  const token = await (await open()).begin();
  expect((await open('other')).isOpen(token)).toBe(false);
});

test('who waits for the end is told once, at the end of this session only', async () => {
  const sessions = await open();
  const [mine, other] = [await sessions.begin(), await sessions.begin()];
  const ended = { mine: vi.fn(), other: vi.fn(), closed: vi.fn(), late: vi.fn() };
  sessions.whenEnded(mine, ended.mine);
  sessions.whenEnded(other, ended.other);
  sessions.whenEnded(mine, ended.closed).close();
  await sessions.end(mine);
  await sessions.end(mine);
  sessions.whenEnded(mine, ended.late);
  expect([ended.mine, ended.other, ended.closed, ended.late].map((one) => one.mock.calls.length)).toEqual([1, 0, 0, 1]); // prettier-ignore
});

test('while nothing can be stored the teacher gets in, and no sign-out is acknowledged', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const sessions = await open();
  const before = await sessions.begin();
  await store.close();
  const token = await sessions.begin();
  expect(sessions.isOpen(token)).toBe(true);
  await expect(sessions.endAll()).rejects.toMatchObject({ code: 'not-kept' });
  expect([sessions.isOpen(before), sessions.isOpen(token)]).toEqual([true, true]);
  store = await openSqliteStore(join(folder, 'classroom.sqlite'));
});

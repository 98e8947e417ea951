/** Changes at the same moment: none is lost, and what was deleted stays deleted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteStore } from '../store/sqlite.ts';
import { Classroom } from './classroom.ts';
import type { Joined } from './members.ts';
import { newWork } from './room-work.ts';

let folder: string;
let classroom: Classroom;
let one: { id: string; code: string };
let mei: Joined;
const open = async () =>
  (classroom = await Classroom.open(await openSqliteStore(join(folder, 'classroom.sqlite'))));
beforeEach(async () => {
  // A write that is refused is in the server's log.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  folder = await mkdtemp(join(tmpdir(), 'retained-changes-'));
  await open();
  one = (await classroom.create('en')).row;
  mei = await classroom.members.join(one.code, 'Mei');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await classroom.close();
  await rm(folder, { recursive: true });
});
async function restart(): Promise<void> {
  await classroom.close();
  await open();
}
const names = () => [...classroom.class(one.id).members.values()].map(({ row }) => row.name);

test('a member who comes back while they are removed is gone', async () => {
  const { id, words } = mei.member.row;
  const removed = classroom.members.remove(one.id, id);
  const back = classroom.members.comeBack(one.code, words);
  await expect(back).rejects.toMatchObject({ code: 'no-member' });
  await removed;
  expect(names()).toEqual([]);
  await restart();
  expect(names()).toEqual([]);
});

test('two merges that cross end: the first one wins, and nobody waits for ever', async () => {
  const lin = await classroom.members.join(one.code, 'Lin');
  const [a, b] = [mei, lin].map(({ member }) => member.row.id) as [string, string];
  const [, first, , second] = await Promise.allSettled([
    // The merge has to wait for this one, while the other finds its first member idle.
    classroom.members.rename(one.id, a, 'Mei-Lin'),
    classroom.seats.merge(one.id, a, b),
    // Comes before the merge or after it, by the ids: who is gone has no name.
    classroom.members.rename(one.id, b, 'Lin-Mei'),
    classroom.seats.merge(one.id, b, a),
  ]);
  const merges = [first.status, second.status].sort();
  expect(merges).toEqual(['fulfilled', 'rejected']);
  expect(names()).toHaveLength(1);
  await classroom.members.rename(one.id, [...classroom.class(one.id).members.keys()][0]!, 'Ada');
  await restart();
  expect(names()).toEqual(['Ada']);
});

test('a class that is changed while it is deleted is gone, and nobody is in it', async () => {
  const deleted = classroom.drop(one.id);
  const others = [
    classroom.lock(one.id, true),
    classroom.members.join(one.code, 'Lin'),
    classroom.members.comeBack(one.code, mei.member.row.words),
    classroom.drop(one.id),
  ];
  const results = await Promise.allSettled(others);
  expect(results.map(({ status }) => status)).toEqual(others.map(() => 'rejected'));
  await deleted;
  expect(classroom.classes).toEqual([]);
  expect(classroom.members.ofToken(mei.token)).toBeNull();
  await restart();
  expect(classroom.classes).toEqual([]);
});

test('two changes of a class or of a member both hold', async () => {
  const { id, words } = mei.member.row;
  const [, , , first, second] = await Promise.all([
    classroom.lock(one.id, true),
    classroom.newCode(one.id),
    classroom.members.rename(one.id, id, 'May'),
    classroom.members.comeBack(one.code, words),
    classroom.members.comeBack(one.code, words),
  ]);
  await restart();
  const { row } = classroom.class(one.id);
  expect(row.locked).toBe(true);
  expect(row.code).not.toBe(one.code);
  expect(names()).toEqual(['May']);
  for (const { token } of [mei, first, second])
    expect(classroom.members.ofToken(token)).not.toBeNull();
});

test('equal names that come at the same moment are told apart', async () => {
  const joined = await Promise.all(
    ['Lin', 'Lin', 'LIN'].map((name) => classroom.members.join(one.code, name)),
  );
  expect(joined.map(({ member }) => member.row.name)).toEqual(['Lin', 'Lin 2', 'LIN 3']);
});

test('those who have not begun are removed, up to the moment that the teacher saw', async () => {
  const { members } = classroom;
  const begun = await members.join(one.code, 'Begun');
  const work = newWork(begun.member.row.id, 'a/one', 5);
  await classroom.record({ ...work, passed: 6 });
  const until = Math.max(...[...classroom.class(one.id).members.values()].map(({ row }) => row.joined)); // prettier-ignore
  await new Promise((resolve) => setTimeout(resolve, 2));
  await members.join(one.code, 'Late');
  await members.removeIdle(one.id, until);
  expect(names()).toEqual(['Begun', 'Late']);
  expect(members.ofToken(mei.token)).toBeNull();
  await restart();
  expect(names()).toEqual(['Begun', 'Late']);
});

test('who comes back while all the idle are removed is gone', async () => {
  const removed = classroom.members.removeIdle(one.id, Infinity);
  const back = classroom.members.comeBack(one.code, mei.member.row.words);
  await expect(back).rejects.toMatchObject({ code: 'no-member' });
  await removed;
  await restart();
  expect(names()).toEqual([]);
});

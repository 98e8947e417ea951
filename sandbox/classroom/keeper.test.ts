/** Nothing is acknowledged before the store has it; what the store refuses is tried again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Work } from '../protocol/work.ts';
import { StoreError, type Change, type Store } from '../store/store.ts';
import { Classroom } from './classroom.ts';

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

/** A store in memory whose disk can be full, and whose writes wait for `release`. */
function heldStore() {
  const written: Change[] = [];
  const held: (() => void)[] = [];
  const state = {
    isFull: false,
    isHeld: false,
    written,
    release: () => held.splice(0).forEach((go) => go()),
  };
  const store: Store = {
    id: 'test',
    read: async () => ({ classes: [], members: [], work: [] }),
    progress: async () => null,
    copyTo: async () => {},
    said: async () => [],
    sessions: async () => [],
    mistakes: async () => [],
    async write(changes) {
      if (state.isHeld) await new Promise<void>((resolve) => held.push(resolve));
      if (state.isFull) throw new StoreError('failed', 'disk full');
      written.push(...changes);
    },
    close: async () => {},
  };
  return { store, state };
}
const pass = (member: string): Work => ({
  ...{ member, exercise: 'a/b', started: 1, active: 1, tries: 1, repeats: 0, green: 1, checks: 1 },
  ...{ advanced: 1, red: null, hint: null, passed: 2, took: 1, said: null },
});

test('a pass is told after it is stored; with a full disk that is said, and tried again', async () => {
  const { store, state } = heldStore();
  const classroom = await Classroom.open(store);
  const { row } = await classroom.create('en');
  const { member } = await classroom.members.join(row.code, 'Mei');
  const events: string[] = [];
  classroom.listen(row.id, {
    work: (rows) => void events.push(`work ${rows[0]!.passed}`),
    changed: () => void events.push('changed'),
    kept: (isKept) => void events.push(`kept ${isKept}`),
    ended: () => void events.push('ended'),
  });
  state.isHeld = state.isFull = true;
  const recorded = classroom.record(pass(member.row.id))!;
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([]);
  state.isHeld = false;
  state.release();
  await recorded;
  expect(events).toEqual(['kept false']);
  await expect(classroom.members.join(row.code, 'Lin')).rejects.toThrow(/Nothing is stored/);
  expect(classroom.class(row.id).members.size).toBe(1);
  state.isFull = false;
  await expect.poll(() => events).toEqual(['kept false', 'kept true', 'work 2']);
  expect(state.written.filter((change) => 'put' in change && change.put === 'work')).toHaveLength(
    1,
  );
  await classroom.close();
});

test('work of a member who was removed does not keep the others’ from the store', async () => {
  const { store, state } = heldStore();
  const classroom = await Classroom.open(store);
  const { row } = await classroom.create('en');
  const gone = (await classroom.members.join(row.code, 'Mei')).member.row.id;
  const there = (await classroom.members.join(row.code, 'Lin')).member.row.id;
  state.isFull = true;
  await classroom.record(pass(gone));
  state.isFull = false;
  await classroom.members.remove(row.id, gone);
  expect(classroom.record(pass(gone))).toBeUndefined();
  await classroom.record(pass(there));
  const members = state.written.flatMap((one) => ('put' in one && one.put === 'work' ? [one.row.member] : [])); // prettier-ignore
  expect(members).toContain(there);
  await classroom.close();
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../store/store.ts';
import { ClassData } from './class-data.ts';
import { ClassList, type Class } from './class-list.ts';
import { WaitingRoom, waitingMs } from './waiting.ts';

let room: WaitingRoom;
let one: Class;
let changes: number;
beforeEach(() => {
  vi.useFakeTimers();
  const list = new ClassList({ classes: [], members: [], work: [] });
  const row = { id: 'c', code: 'BCDFGH', language: 'en', locked: false, created: 0 } as const;
  one = list.add({ ...row, listOnly: false, asks: true, assignment: null, shared: null });
  const data = new ClassData({} as Store, list, () => Date.now());
  changes = 0;
  data.listeners.add('c', { work() {}, kept() {}, ended() {}, changed: () => void changes++ });
  room = new WaitingRoom(data);
});
afterEach(() => {
  room.close();
  vi.useRealTimers();
});
const names = () => room.of('c').map(({ name }) => name);

test('a page that no longer asks is forgotten, and the teacher’s page is told; one that asks stays', () => {
  const stays = room.ask(one, { name: 'stays' });
  room.ask(one, { name: 'gone' });
  for (let n = 0; n < 3; n++) {
    vi.advanceTimersByTime(waitingMs - 1_000);
    expect(room.check(stays)).toBeNull();
  }
  expect(names()).toEqual(['stays']);
  expect(changes).toBe(3);
  vi.advanceTimersByTime(waitingMs);
  expect(names()).toEqual([]);
  expect(() => room.check(stays)).toThrow(expect.objectContaining({ code: 'no-ticket' }));
  expect(vi.getTimerCount()).toBe(0);
});

test('an answer that nobody fetches is forgotten, too', () => {
  const ticket = room.ask(one, { name: 'Mei' });
  room.answer('c', [room.of('c')[0]!.id], true);
  vi.advanceTimersByTime(waitingMs);
  expect(() => room.check(ticket)).toThrow(expect.objectContaining({ code: 'no-ticket' }));
});

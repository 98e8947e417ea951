/** Who may open a WebSocket of a class is decided in its turn: it may have waited, and things may have changed. */
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FairLoop } from '../fair/fair-loop.ts';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
const sockets: WebSocket[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.terminate();
  await course.end();
});

/** From now on WebSockets of classes wait. @returns `waiting` resolves when so many do */
function holdTurns(count: number): { waiting: Promise<void>; open(): void } {
  let open!: () => void;
  let all!: () => void;
  let left = count;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const waiting = new Promise<void>((resolve) => (all = resolve));
  const { turnsOf } = FairLoop.prototype;
  vi.spyOn(FairLoop.prototype, 'turnsOf').mockImplementation(function (
    this: FairLoop,
    remote,
    room,
  ) {
    const turns = turnsOf.call(this, remote, room);
    if (room !== 'class') return turns;
    const pay = (us: number): Promise<void> => {
      if (--left === 0) all();
      return gate.then(() => turns.pay(us));
    };
    return Object.create(turns, { pay: { value: pay } }) as typeof turns;
  });
  return { waiting, open };
}

/** Of the answer: 101 if it opens. */
const statusOf = (device: Device, path: string): Promise<number> =>
  new Promise((resolve) => {
    const cookie = [...device.cookies].map((pair) => pair.join('=')).join('; ');
    const socket = new WebSocket(`${course.origin.replace('http', 'ws')}${path}`, 'mqtt', {
      headers: { cookie },
    });
    sockets.push(socket);
    socket
      .on('error', () => {})
      .on('open', () => resolve(101))
      .on('unexpected-response', (_, { statusCode }) => resolve(statusCode!));
  });

test('a member who was removed while their WebSocket waited is refused', async () => {
  course = await startClassServer();
  const teacher = await course.teacher();
  const [mei, lin] = [course.device(), course.device()];
  const { classes } = await teacher.post('/api/class/classes', { language: 'en' });
  const [{ id, code }] = classes as [{ id: string; code: string }];
  const { id: member } = await mei.post('/api/class/join', { code, name: 'Mei' });
  await lin.post('/api/class/join', { code, name: 'Lin' });
  const { waiting, open } = holdTurns(2);
  const answers = [mei, lin].map((one) => statusOf(one, '/class/mqtt'));
  await waiting;
  const removed = await teacher.post(`/api/class/classes/${id}`, { type: 'remove', member });
  expect(removed.status).toBe(200);
  open();
  expect(await Promise.all(answers)).toEqual([403, 101]);
});

/**
 * A class at work behind one address: each learner has a page open and clicks Run from time to time.
 * Arguments: its address, how many learners, the ports.
 */
import { Client, Viewer } from './client.ts';
import { ActionLog } from './log.ts';
import type { Ports } from './messages.ts';
import { ask, makeRoom, publishPacket, subscribePacket, type RoomKeys } from './wire.ts';

const [from = '', size = '', text = ''] = process.argv.slice(2);
const ports = JSON.parse(text) as Ports;
const log = new ActionLog();
/** Milliseconds from one Run to the next. */
const pauseMs = 4000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function device(room: RoomKeys, name: string): Promise<Client> {
  const client = await Client.open(ports, 'ws', room, from, name);
  client.socket.on('error', () => {});
  return client;
}

/** A Run: resets the room, connects two devices, sends five messages from one to the other. */
async function run(room: RoomKeys, viewer: Viewer): Promise<void> {
  await log.timed('reset', () => viewer.ask('reset'));
  const pair = await log.timed('connect', () =>
    Promise.all([device(room, 'publisher'), device(room, 'subscriber')]),
  );
  if (!pair) return;
  const [publisher, subscriber] = pair;
  subscriber.send(subscribePacket(['hello/#'], 0));
  await log.timed('subscribe', () => subscriber.next('suback'));
  for (let n = 0; n < 5; n++) {
    const heard = subscriber.next('publish');
    publisher.send(publishPacket('hello/mqtt', String(n), { qos: 1, messageId: n + 1 }));
    await log.timed('message', () => Promise.all([publisher.next('puback'), heard]));
  }
  publisher.close();
  subscriber.close();
}

async function learn(): Promise<void> {
  await log.timed('page', async () => {
    const { status } = await ask(ports, from, '/');
    if (status !== 200) throw new Error(`HTTP ${status}`);
  });
  const room = await log.timed('room', () => makeRoom(ports, from));
  const viewer = room && (await log.timed('watch', () => Viewer.open(ports, room, from)));
  if (viewer) learners.push({ room, viewer });
}

const learners: { room: RoomKeys; viewer: Viewer }[] = [];
for (let n = 0; n < Number(size); n += 10)
  await Promise.all(Array.from({ length: Math.min(10, Number(size) - n) }, learn));
for (const [n, { room, viewer }] of learners.entries())
  void (async () => {
    await wait((pauseMs * n) / learners.length);
    for (;;) {
      const next = wait(pauseMs);
      if (viewer.closed) log.refused('no watch stream');
      else await run(room, viewer).catch((error: unknown) => log.refused(String(error)));
      await next;
    }
  })();
process.send!('up');

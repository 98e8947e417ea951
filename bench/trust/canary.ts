/**
 * The canary, a well-behaved learner: two clients with a message every ten milliseconds, and each second a
 * page, a watch request and a fresh connection. Arguments: its address, and the control's port.
 */
import { connect } from 'node:net';
import { Client, Viewer } from './client.ts';
import { ActionLog } from './log.ts';
import type { Ports } from './messages.ts';
import {
  ask,
  transports,
  makeRoom,
  publishPacket,
  subscribePacket,
  type RoomKeys,
} from './wire.ts';

const [from = '', control = '', text = ''] = process.argv.slice(2);
const ports = JSON.parse(text) as Ports;
const log = new ActionLog();
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One client of the pair; it receives what the other sends. */
async function member(room: RoomKeys, own: string): Promise<Client> {
  const client = await Client.open(ports, 'tcp', room, from, own);
  client.send(subscribePacket([`to/${own}`]));
  await client.next('suback');
  return client;
}

/** Messages between the pair. A lost connection is counted, and the client connects again. */
async function talk(room: RoomKeys): Promise<void> {
  const names = ['ann', 'ben'];
  const pair = await Promise.all(names.map((name) => member(room, name)));
  const underWay = new Map<string, () => void>();
  const listen = (client: Client): void => {
    client.onPacket = ({ cmd, payload }) => {
      if (cmd !== 'publish') return;
      underWay.get(String(payload))?.();
      underWay.delete(String(payload));
    };
    client.socket.on('error', () => {});
  };
  pair.forEach(listen);
  for (let n = 0; ; n++) {
    const [sender, receiver] = [n % 2, 1 - (n % 2)];
    for (const i of [0, 1])
      if (pair[i]!.closed) {
        log.refused('connection lost');
        // No more of its messages will arrive.
        underWay.clear();
        const back = await log.timed('connect', () => member(room, names[i]!));
        if (back) listen((pair[i] = back));
        else await wait(500);
      }
    underWay.set(String(n), log.begin('message'));
    pair[sender]!.send(publishPacket(`to/${names[receiver]}`, String(n)));
    await wait(10);
  }
}

async function control10ms(): Promise<void> {
  const socket = connect({ port: Number(control), host: '127.0.0.1', noDelay: true });
  const waiting: (() => void)[] = [];
  socket.on('data', (bytes: Buffer) => {
    for (const done of waiting.splice(0, bytes.length)) done();
  });
  for (;;) {
    waiting.push(log.begin('control'));
    socket.write('x');
    await wait(10);
  }
}

async function look(room: RoomKeys): Promise<void> {
  let viewer = await Viewer.open(ports, room, from);
  for (let n = 0; ; n++) {
    const transport = transports[n % transports.length]!;
    await Promise.all([
      log.timed('page', async () => {
        const { status } = await ask(ports, from, '/');
        if (status !== 200) throw new Error(`HTTP ${status}`);
      }),
      log.timed('watch', async () => {
        if (viewer.closed) viewer = await Viewer.open(ports, room, from);
        await viewer.ask('state');
      }),
      log.timed('connect', async () => {
        (await Client.open(ports, transport, room, from, `new-${transport}`)).close();
      }),
      wait(1000),
    ]);
  }
}

const room = await makeRoom(ports, from);
const failed = (error: unknown): void => log.refused(String(error));
void talk(room).catch(failed);
void look(room).catch(failed);
void control10ms().catch(failed);
process.send!('up');

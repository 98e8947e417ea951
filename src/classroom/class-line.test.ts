/** A page's line to a real class's broker, by way of a proxy that can cut it and brings the page's cookie. */
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { classTopics } from '../../sandbox/protocol/class-topics.ts';
import {
  startClassServer,
  type ClassServer,
  type Device,
} from '../../sandbox/server/classroom/testing/class-server.ts';
import { openClassLine, type ClassLine } from './class-line.ts';

let course: ClassServer;
let device: Device;
let teacher: Device;
let classId: string;
let member: string;
/** No connection comes through. */
let isDown: boolean;
let proxy: Server;
let line: ClassLine | undefined;
const sockets: Socket[] = [];
beforeEach(async () => {
  course = await startClassServer();
  teacher = await course.teacher();
  const { classes } = await teacher.post('/api/class/classes', { language: 'en' });
  const [{ code, id }] = classes as [{ code: string; id: string }];
  classId = id;
  isDown = false;
  device = course.device();
  member = String((await device.post('/api/class/join', { code, name: 'Mei' }))['id']);
  proxy = createServer().on('upgrade', ({ url, headers }, socket: Socket) => {
    if (isDown) return void socket.destroy();
    const { port } = new URL(course.origin);
    const cookie = [...device.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all = { ...headers, host: `127.0.0.1:${port}`, origin: course.origin, cookie };
    const to = connect(Number(port), '127.0.0.1');
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${String(value)}`);
    to.write(`GET ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    socket.pipe(to).pipe(socket);
    for (const one of [socket, to]) one.on('error', () => {}).on('close', () => (socket.destroy(), to.destroy())); // prettier-ignore
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as { port: number };
  vi.stubGlobal('location', { href: `http://127.0.0.1:${port}/` });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  line?.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  proxy.close();
  for (const one of [device, teacher]) one.close();
  await course.end();
});

test('a line that was cut comes back by itself and subscribes again, also after a restart of the server', async () => {
  const heard: string[] = [];
  let [connected, lost] = [0, 0];
  const topic = classTopics.presence(member);
  line = openClassLine({
    ...{ path: 'mqtt', who: member, subscribes: [topic] },
    connected: () => void connected++,
    lost: () => void lost++,
    message: ({ of, what, payload }) => {
      const word = new TextDecoder().decode(payload);
      heard.push(`${of === member} ${what} ${word}`);
    },
  });
  await expect.poll(() => connected).toBe(1);
  await line.publish(topic, 'here', { retain: true });
  await expect.poll(() => heard).toEqual(['true presence here']);
  sockets[0]!.destroy();
  await expect.poll(() => connected).toBe(2);
  expect(lost).toBeGreaterThan(0);
  await expect.poll(() => heard.length).toBe(2);
  await course.restart();
  await expect.poll(() => connected).toBe(3);
});

test('what was taken back while the line was cut is taken back when it is there again; the rest still holds', async () => {
  const give = (exercise: string, text: string | null) =>
    teacher.post(`/api/class/classes/${classId}/say`, {
      ...{ type: 'starter', exercise },
      given: text === null ? null : { files: [{ name: 'publisher.ts', text }], broker: [] },
    });
  await give('a/one', '// one');
  await give('a/two', '// two');
  const topics = ['a/one', 'a/two', 'b/three'].map((exercise) => classTopics.starter(exercise));
  /** The last word on each exercise. */
  const given = new Map<string, string>();
  let lost = 0;
  line = openClassLine({
    ...{ path: 'mqtt', who: member, subscribes: topics, takenBack: topics },
    lost: () => void lost++,
    message({ exercise = '', payload }) {
      given.set(exercise, payload.length > 0 ? 'given' : 'taken back');
    },
  });
  const holds = { 'a/one': 'given', 'a/two': 'given', 'b/three': 'taken back' };
  await expect.poll(() => Object.fromEntries(given)).toEqual(holds);

  isDown = true;
  sockets[0]!.destroy();
  await expect.poll(() => lost).toBeGreaterThan(0);
  await give('a/one', null);
  expect(given.get('a/one')).toBe('given');
  isDown = false;
  await expect.poll(() => given.get('a/one'), { timeout: 30_000 }).toBe('taken back');
  await expect.poll(() => given.get('a/two')).toBe('given');
}, 60_000);

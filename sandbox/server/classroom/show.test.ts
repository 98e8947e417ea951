/** The teacher's own run on the screens of a class, over real sockets. */
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { parseShowMessage, parseShowStatus, type ShowStatus } from '../../protocol/class-show.ts';
import type { Screen } from '../../protocol/class-screen.ts';
import { classTopics } from '../../protocol/class-topics.ts';
import { parseWatchMessage } from '../../protocol/parse-message.ts';
import { decodeBatch } from '../../protocol/trace-batch.ts';
import { startClassServer, type ClassServer, type Device, type PageRoom } from './testing/class-server.ts'; // prettier-ignore

let course: ClassServer;
let by: Device;
let code: string;
let id: string;
const devices: Device[] = [];
beforeEach(async () => {
  course = await startClassServer();
  by = await course.teacher();
  devices.push(by);
  [{ code, id }] = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
});
afterEach(async () => {
  for (const one of devices.splice(0)) one.close();
  await course.end();
});

async function member(name: string, of = code): Promise<Device> {
  const device = course.device();
  devices.push(device);
  await device.post('/api/class/join', { code: of, name });
  return device;
}
const refusal = (socket: WebSocket) =>
  new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
    socket.on('open', () => resolve(200));
  });
const screenOf = (text: string): Screen => ({
  ...{ page: 'p', isShown: true, exercise: 'a/one', room: 'brave-otter', place: 'server' },
  ...{ phase: 'running', file: 'x.ts', files: [{ name: 'x.ts', text }], lines: [] },
  ...{ checks: [{ id: 'said', state: 'true' }], isCut: false },
});

/** What came to a page that watches. */
class Watcher {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  readonly texts: string[] = [];
  /** Numbers of the run's entries, and how many of them are a PUBLISH. */
  entries: number[] = [];
  published = 0;
  runs: number[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => void socket.on('close', resolve));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        for (const entry of decodeBatch(data)) {
          this.entries.push(entry.n);
          if (entry.type === 'packet' && entry.bytes[0]! >> 4 === 3) this.published++;
        }
        return;
      }
      this.texts.push(String(data));
      const message = parseWatchMessage(String(data));
      if (message?.type !== 'welcome' && message?.type !== 'reset') return;
      this.runs.push(message.run);
      this.entries = [];
      this.published = 0;
    });
  }
  get show() {
    return this.texts.map(parseShowMessage).findLast((one) => one?.type === 'show');
  }
  get program() {
    const last = this.texts.map(parseShowMessage).findLast((one) => one?.type === 'screen');
    return last?.screen.files[0]?.text;
  }
}

interface Presenting {
  socket: WebSocket;
  last(): ShowStatus | undefined;
  closed: Promise<number>;
  send(message: object): void;
}
async function present(room: PageRoom, more = '', of = id): Promise<Presenting> {
  const { address, watchKey } = room.keys;
  const query = `address=${address}&key=${watchKey}&exercise=a/one${more}`;
  const socket = by.socket(`/class/${of}/show?${query}`);
  const status: ShowStatus[] = [];
  socket.on('message', (data) => status.push(parseShowStatus(String(data))!));
  const closed = new Promise<number>((resolve) => void socket.on('close', resolve));
  await expect.poll(() => status.length).toBeGreaterThan(0);
  const send = (message: object): void => socket.send(JSON.stringify(message));
  return { socket, closed, last: () => status.at(-1), send };
}
const watchBy = (device: Device, path = '/class/show'): Watcher => new Watcher(device.socket(path));

test('all see the same, also who comes later; nobody gets a key; nothing is theirs to say', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const room = await by.open('a/one');
  await room.run();
  await room.publish(course.origin, true);
  const teacher = await present(room);
  const first = watchBy(mei);
  teacher.send({ type: 'screen', screen: screenOf('shown') });
  await expect.poll(() => first.program).toBe('shown');
  await expect.poll(() => first.texts.some((text) => text.includes('"type":"state"'))).toBe(true);
  const later = watchBy(lin);
  const screen = watchBy(course.device(), `/class/show?projector=${teacher.last()!.projector}`);
  const own = watchBy(by, `/class/${id}/shown`);
  await room.publish(course.origin, false);
  const all = [first, later, screen, own];
  for (const one of all) await expect.poll(() => one.program).toBe('shown');
  // Every entry once, in order, whenever they came.
  for (const one of all) {
    await expect.poll(() => one.published).toBe(2);
    await expect.poll(() => one.entries.join() === first.entries.join()).toBe(true);
    expect(one.entries).toEqual(one.entries.map((_, n) => n + 1));
    const everything = one.texts.join();
    for (const secret of [room.keys.address, room.keys.watchKey, 'brave-otter', '"hint"'])
      expect(everything).not.toContain(secret);
  }
  await expect.poll(() => teacher.last()?.viewers).toBe(4);
  // The teacher's own page still watches: a show takes no place of a room's five.
  const pages = await Promise.all(Array.from({ length: 4 }, () => by.watch(room.keys)));
  await room.run();
  await expect.poll(() => first.runs.length).toBe(2);
  for (const page of pages) page.close();
  first.socket.send(JSON.stringify({ type: 'reset', id: 1 }));
  expect(await first.closed).toBe(1008);
});

test('pause holds packets, runs and the program; who comes meanwhile sees what the others see', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const room = await by.open('a/one');
  const teacher = await present(room);
  await room.publish(course.origin, true);
  teacher.send({ type: 'screen', screen: screenOf('one') });
  const watcher = watchBy(mei);
  await expect.poll(() => watcher.entries.length).toBeGreaterThan(3);
  await expect.poll(() => watcher.program).toBe('one');
  teacher.send({ type: 'pause', isPaused: true });
  await expect.poll(() => watcher.show?.isPaused).toBe(true);
  const before = [...watcher.entries];
  await room.publish(course.origin, true);
  await room.run();
  await room.publish(course.origin, true);
  teacher.send({ type: 'screen', screen: screenOf('two') });
  const late = watchBy(lin);
  await expect.poll(() => late.program).toBe('one');
  await expect.poll(() => late.entries).toEqual(before);
  expect([watcher.entries, watcher.runs.length, watcher.program]).toEqual([before, 1, 'one']);
  teacher.send({ type: 'pause', isPaused: false });
  for (const one of [watcher, late]) {
    await expect.poll(() => one.program).toBe('two');
    await expect.poll(() => one.runs.length).toBe(2);
    await expect.poll(() => one.entries.length).toBeGreaterThan(3);
    expect(one.entries).toEqual(one.entries.map((_, n) => n + 1));
  }
});

test('only while it is shown, only to this class, and only by the teacher', async () => {
  const mei = await member('Mei');
  const second = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
  const other = await member('Ann', second[0].code);
  const room = await by.open('a/one');
  const { address, watchKey } = room.keys;
  const query = `?address=${address}&key=${watchKey}&exercise=a/one`;
  expect(await refusal(mei.socket('/class/show'))).toBe(404);
  for (const device of [mei, course.device()]) {
    expect(await refusal(device.socket(`/class/${id}/show${query}`))).toBe(403);
    expect(await refusal(device.socket(`/class/${id}/shown`))).toBe(403);
  }
  expect(await refusal(by.socket(`/class/${id}/show?address=${address}&key=x&exercise=a/one`))).toBe(404); // prettier-ignore
  expect(await refusal(by.socket(`/class/${id}/show?address=${address}&key=${watchKey}&exercise=../x`))).toBe(400); // prettier-ignore
  const teacher = await present(room);
  expect(await refusal(other.socket('/class/show'))).toBe(404);
  expect(await refusal(course.device().socket('/class/show'))).toBe(403);
  expect(await refusal(course.device().socket('/class/show?projector='))).toBe(404);
  expect(await refusal(by.socket(`/class/${second[0].id}/shown`))).toBe(404);
  // On the class's broker: announced, and not to be forged.
  const me = String(((await mei.get('/api/class/me'))['member'] as { id: string }).id);
  const cookie = [...mei.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const client = await connectAsync(`${course.origin.replace('http', 'ws')}/class/mqtt`, {
    ...{ protocolVersion: 5, reconnectPeriod: 0, timerVariant: 'native', clientId: `${me}.1` },
    wsOptions: { headers: { cookie } },
  });
  const heard: string[] = [];
  client.on('message', (_, payload) => heard.push(String(payload)));
  await client.subscribeAsync('class/all/+');
  await expect.poll(() => heard.length).toBe(1);
  expect(JSON.parse(heard[0]!)).toMatchObject({ id: teacher.last()!.id, exercise: 'a/one' });
  const forged = client.publishAsync(classTopics.show, '', { qos: 1, retain: true });
  await expect(forged).rejects.toMatchObject({ code: 0x87 });
  // Who is removed sees nothing any more; the end ends all.
  const [watcher, own] = [watchBy(mei), watchBy(by, `/class/${id}/shown`)];
  await expect.poll(() => [watcher.runs.length, own.runs.length]).toEqual([1, 1]);
  client.end(true);
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: me });
  await watcher.closed;
  teacher.send({ type: 'end' });
  await Promise.all([own.closed, teacher.closed]);
  expect(own.texts.at(-1)).toBe('{"type":"over"}');
  expect(await refusal(by.socket(`/class/${id}/shown`))).toBe(404);
});

test('the teacher’s page is reloaded, or makes another room: the show goes on; nonsense ends its connection', async () => {
  const mei = await member('Mei');
  const room = await by.open('a/one');
  const before = await present(room);
  const watcher = watchBy(mei);
  await expect.poll(() => watcher.show?.isAway).toBe(false);
  before.socket.terminate();
  await expect.poll(() => watcher.show?.isAway).toBe(true);
  const next = await by.open('a/two');
  await next.publish(course.origin, true);
  const again = await present(next, `&show=${before.last()!.id}`);
  expect(again.last()).toMatchObject({
    id: before.last()!.id,
    projector: before.last()!.projector,
  });
  await expect.poll(() => watcher.show?.isAway).toBe(false);
  await expect.poll(() => watcher.entries.length).toBeGreaterThan(3);
  expect(watcher.runs).toHaveLength(2);
  // A second page of the teacher's takes over.
  const third = await present(room, `&show=${again.last()!.id}`);
  expect(await again.closed).toBe(4001);
  third.send({ type: 'screen', screen: { ...screenOf('x'), files: 'no' } });
  expect(await third.closed).toBe(1008);
  // Signed out: no page of the teacher's shows any more.
  const last = await present(room, `&show=${again.last()!.id}`);
  await by.post('/api/class/teacher/out', { everywhere: true });
  await last.closed;
});

test('eighty watch, on two pages each: all get the same, and one who does not read holds nobody', async () => {
  const learners = await Promise.all(Array.from({ length: 40 }, (_, n) => member(`M ${n}`)));
  const room = await by.open('a/one');
  const teacher = await present(room);
  const token = teacher.last()!.projector;
  const all = [
    ...learners.map((one) => watchBy(one)),
    ...learners.map((one) => watchBy(one)),
    watchBy(course.device(), `/class/show?projector=${token}`),
  ];
  const [deaf] = all;
  await expect.poll(() => teacher.last()?.viewers).toBe(all.length);
  deaf!.socket.pause();
  for (let n = 0; n < 5; n++) {
    await room.publish(course.origin, false);
    teacher.send({ type: 'screen', screen: screenOf(`${n} ${'x'.repeat(15_000)}`) });
  }
  await room.publish(course.origin, true);
  const rest = all.slice(1);
  for (const one of rest) await expect.poll(() => one.program?.startsWith('4 ')).toBe(true);
  for (const one of all.slice(1)) await expect.poll(() => one.published).toBe(6);
  deaf!.socket.resume();
  await expect.poll(() => deaf!.published).toBe(6);
  expect(deaf!.entries).toEqual(deaf!.entries.map((_, n) => n + 1));
});

test('of too many projectors the oldest of the same show is closed, and none of another class', async () => {
  const made = await by.post('/api/class/classes', { language: 'en' });
  const other = (made['classes'] as { id: string }[]).find((one) => one.id !== id)!;
  const room = await by.open('a/one');
  const [here, there] = [await present(room), await present(room, '', other.id)];
  const screens = devices[devices.push(course.device()) - 1]!;
  const open = (by: Presenting) =>
    watchBy(screens, `/class/show?projector=${by.last()!.projector}`);
  const elsewhere = open(there);
  await expect.poll(() => there.last()?.viewers).toBe(1);
  const all = Array.from({ length: 9 }, () => open(here));
  await Promise.race(all.map(({ closed }) => closed));
  await expect.poll(() => here.last()?.viewers).toBe(8);
  expect(elsewhere.socket.readyState).toBe(1);
});

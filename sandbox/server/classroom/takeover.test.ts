/**
 * Three processes behind HAProxy with classes in PostgreSQL: one has them, and when it dies, is frozen or is cut off
 * from the database, another one does. All of them are the real ones; skipped where a machine has none.
 */
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RoomResponse } from '../../protocol/api.ts';
import { processOf } from '../../rooms/address.ts';
import { haproxy } from '../../testing/haproxy.ts';
import { hasPostgres, startPostgres, type Postgres } from '../../testing/postgres.ts';
import { numbers, startProcesses, type Processes } from '../../testing/processes.ts';
import { Device } from './testing/class-server.ts';

const isHere = haproxy !== undefined && hasPostgres;
let server: Postgres;
let course: Processes;
let url = '';
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  if (!isHere) return;
  server = await startPostgres();
  url = server.url();
  course = await startProcesses(url);
}, 90_000);
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  if (!isHere) return;
  for (const number of numbers) {
    course.signal(number, 'SIGCONT');
    await course.begin(number);
  }
});
afterAll(async () => {
  await course?.end();
  await server?.end();
});

const page = (): Device => {
  const device = new Device(course.origin);
  ends.push(() => device.close());
  return device;
};
const cookieOf = ({ cookies }: Device): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

interface Class {
  teacher: Device;
  id: string;
  code: string;
}
async function makeClass(): Promise<Class> {
  const teacher = page();
  await served();
  const { status } = await teacher.post('/api/class/teacher', { secret: course.secret });
  expect(status).toBe(200);
  const made = await teacher.post('/api/class/classes', { language: 'en' });
  const [{ id, code }] = made['classes'] as [{ id: string; code: string }];
  await teacher.post(`/api/class/classes/${id}`, { type: 'share', isOpen: true, isPaused: false });
  return { teacher, id, code };
}
async function join({ code }: Class, name: string): Promise<Device> {
  const device = page();
  expect((await device.post('/api/class/join', { code, name })).status).toBe(200);
  return device;
}
/** By the checks, until the page was told. */
async function pass(device: Device, exercise: string): Promise<void> {
  const room = await device.open(exercise);
  await room.run();
  await room.publish(course.origin, true);
  await expect.poll(() => room.results.at(-1)).toMatch(/true true$/);
  room.close();
}
/** On the class's own broker, as a page is. */
async function onClassBroker(device: Device): Promise<MqttClient> {
  const { id } = (await device.get('/api/class/me'))['member'] as { id: string };
  const client = await connectAsync(`${course.origin.replace('http', 'ws')}/class/mqtt`, {
    ...{ protocolVersion: 5, clientId: `${id}.1`, reconnectPeriod: 200, timerVariant: 'native' },
    wsOptions: { headers: { cookie: cookieOf(device) } },
  });
  client.on('error', () => {});
  ends.push(() => client.endAsync(true));
  return client;
}
/** In the shared room over TCP, as a learner's own program is. */
async function inSharedRoom(device: Device): Promise<MqttClient> {
  const { address } = (await device.get('/api/class/shared')) as unknown as { address: string };
  const client = await connectAsync(`mqtt://127.0.0.1:${course.mqttPort}`, {
    ...{ protocolVersion: 5, username: address, reconnectPeriod: 200, timerVariant: 'native' },
  });
  client.on('error', () => {});
  ends.push(() => client.endAsync(true));
  return client;
}
/** A page with a room, and a client of it that stays. @param isTcp or by WebSocket */
async function enterRoom(isTcp: boolean) {
  const device = page();
  const room = (await device.post('/api/rooms', { exercise: 'a/one' })) as unknown as RoomResponse;
  await device.watch(room);
  const client = await connectAsync(
    isTcp ? `mqtt://127.0.0.1:${course.mqttPort}` : `${course.origin.replace('http', 'ws')}/mqtt/${room.address}`, // prettier-ignore
    { username: room.address, reconnectPeriod: 0, timerVariant: 'native' },
  );
  ends.push(() => client.endAsync(true));
  const heard: string[] = [];
  client.on('message', (_, payload) => heard.push(String(payload)));
  await client.subscribeAsync('t');
  const ping = async (): Promise<void> => {
    const text = String(heard.length);
    await client.publishAsync('t', text, { qos: 1 });
    await expect.poll(() => heard.at(-1)).toBe(text);
  };
  await ping();
  return { number: processOf(room.code)!, ping, client };
}
async function served(): Promise<void> {
  const isKnown = async () => (await course.routed()) ?? 'nowhere';
  await expect.poll(isKnown, { timeout: 40_000 }).toBe(await course.holder());
}
/** Another than `before` has the classes, and HAProxy knows. */
async function takenFrom(before: number): Promise<number> {
  let now: number | null = null;
  const ask = async () => (now = await course.holder()) !== null && now !== before;
  await expect.poll(ask, { timeout: 40_000 }).toBe(true);
  await served();
  return now!;
}
/** `name exercise` of every pass that counts. */
async function passesOf({ teacher, id }: Class): Promise<string[]> {
  const body = await teacher.get(`/api/class/classes/${id}/export.json`);
  const members = body['members'] as { name: string; exercises: { exercise: string; passed_by: string }[] }[]; // prettier-ignore
  return members
    .flatMap(({ name, exercises }) =>
      exercises
        .filter(({ passed_by }) => passed_by === 'checks')
        .map(({ exercise }) => `${name} ${exercise}`),
    )
    .sort();
}

describe.skipIf(!isHere)('classes in a database of three processes', { timeout: 120_000 }, () => {
  test('the process that has them is killed: another has all that was confirmed, and everybody comes back', async () => {
    const one = await makeClass();
    const [mei, lin] = [await join(one, 'Mei'), await join(one, '林')];
    await pass(mei, 'a/one');
    await pass(lin, 'a/one');
    await one.teacher.post(`/api/class/classes/${one.id}/say`, { type: 'note', text: 'kept' });
    const clients = [await onClassBroker(mei), await onClassBroker(lin)];
    // Each of them to the process that has the classes, not to any.
    for (let n = 0; n < 6; n++) clients.push(await inSharedRoom(n % 2 ? mei : lin));
    // Readers without a class, in all three, by both ways.
    const rooms: { number: number; ping(): Promise<void>; client: MqttClient }[] = [];
    for (let n = 0; n < 60; n++) rooms.push(await enterRoom(n % 2 === 0));
    for (const number of numbers)
      expect(rooms.filter((room) => room.number === number).length).toBeGreaterThanOrEqual(10);
    const before = (await course.holder())!;
    await course.kill(before);
    const next = await takenFrom(before);
    const others = rooms.filter(({ number }) => number !== before);
    await Promise.all(others.map(({ ping }) => ping()));

    // With the cookies that they had.
    expect((await mei.get('/api/class/me'))['member']).toMatchObject({ name: 'Mei' });
    expect(await passesOf(one)).toEqual(['Mei a/one', '林 a/one'].sort());
    await expect.poll(() => clients.every(({ connected }) => connected), { timeout: 20_000 }).toBe(true); // prettier-ignore
    const heard: string[] = [];
    clients[0]!.on('message', (topic, payload) => heard.push(`${topic} ${String(payload)}`));
    await clients[0]!.subscribeAsync('class/all/+');
    await expect.poll(() => heard.join()).toContain('"kept"');
    await clients[2]!.publishAsync('class/all/chat', 'here', { qos: 1 });

    await pass(mei, 'a/two');
    await pass(mei, 'a/one');
    const all = ['Mei a/one', 'Mei a/two', '林 a/one'].sort();
    expect(await passesOf(one)).toEqual(all);

    // Who was killed comes back, and waits; then it takes over from the others.
    await course.begin(before);
    expect(await course.holder()).toBe(next);
    for (const number of numbers) if (number !== before) await course.kill(number);
    expect(await takenFrom(next)).toBe(before);
    expect(await passesOf(one)).toEqual(all);
    expect((await lin.get('/api/class/me'))['member']).toMatchObject({ name: '林' });
  });

  test('the process that has them is frozen: another takes over, and the frozen one writes nothing when it goes on', async () => {
    const one = await makeClass();
    const mei = await join(one, 'Mei');
    await pass(mei, 'a/one');
    const before = (await course.holder())!;
    course.signal(before, 'SIGSTOP');
    const next = await takenFrom(before);
    await pass(mei, 'a/two');
    await join(one, 'Lin');
    // Nothing that it has in memory is told to anybody, from the first moment on.
    const direct = new Device(course.originOf(before));
    for (const [name, value] of one.teacher.cookies) direct.cookies.set(name, value);
    const asked = direct.fetch(`/api/class/classes/${one.id}/export.json`);
    course.signal(before, 'SIGCONT');
    expect((await asked).status).toBe(503);
    for (let n = 0; n < 20; n++)
      expect((await direct.fetch(`/api/class/classes/${one.id}/export.json`)).status).toBe(503);
    // It knows by itself, and waits.
    await expect.poll(() => course.holder()).toBe(next);
    expect(await passesOf(one)).toEqual(['Mei a/one', 'Mei a/two']);
    for (const number of numbers) if (number !== before) await course.kill(number);
    expect(await takenFrom(next)).toBe(before);
    // What it has read anew, and not what it had in memory.
    expect(await passesOf(one)).toEqual(['Mei a/one', 'Mei a/two']);
    const { classes } = (await one.teacher.get('/api/class/classes')) as unknown as { classes: { id: string; members: number }[] }; // prettier-ignore
    expect(classes.find(({ id }) => id === one.id)).toMatchObject({ members: 2 });
  });

  test('PostgreSQL dies and is started again: nothing confirmed is lost, and the classes go on', async () => {
    const one = await makeClass();
    const mei = await join(one, 'Mei');
    await pass(mei, 'a/one');
    const before = await course.holder();
    await server.kill();
    const refused = await page().post('/api/class/join', { code: one.code, name: 'Lin' });
    expect(refused.status).toBeGreaterThanOrEqual(500);
    await server.begin();
    await served();
    const lin = page();
    const again = async () => (await lin.post('/api/class/join', { code: one.code, name: 'Lin' })).status; // prettier-ignore
    await expect.poll(again, { timeout: 20_000 }).toBe(200);
    await pass(lin, 'a/one');
    expect(await passesOf(one)).toEqual(['Lin a/one', 'Mei a/one']);
    // Whoever had them has them still: no room of a member has ended.
    expect(await course.holder()).toBe(before);
  });
});

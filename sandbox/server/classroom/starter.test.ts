/** What the teacher gives for an exercise, over a real server: to all and to one, late, restarted, and forged. */
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { classTopics as topics } from '../../protocol/class-topics.ts';
import { mostStarterBytes, mostStartersBytes, readStarter } from '../../protocol/starter.ts';
import { SqliteStore } from '../../store/sqlite.ts';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
let by: Device;
let code: string;
let id: string;
const clients: MqttClient[] = [];
beforeEach(async () => {
  course = await startClassServer({ limits: { watchBatchMs: 0 } as never });
  by = await course.teacher();
  [{ code, id }] = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  by.close();
  await course.end();
});

const give = (given: object | null, more: object = {}, from = by) =>
  from.post(`/api/class/classes/${id}/say`, { type: 'starter', exercise: 'a/one', given, ...more });
const programs = (text: string) => ({ files: [{ name: 'publisher.ts', text }], broker: [] });

/** A page of an exercise: the last message of each topic, as text. */
async function page(device: Device, path: string, clientId: string, subscribes: string[]) {
  const cookie = [...device.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const client = await connectAsync(
    course.origin.replace('http', 'ws') + path,
    {
      ...{ protocolVersion: 5, reconnectPeriod: 0, timerVariant: 'native', clientId },
      wsOptions: { headers: { cookie } },
    },
    false,
  );
  clients.push(client);
  client.on('error', () => {});
  const heard: string[] = [];
  client.on('message', (topic, payload) => {
    const starter = readStarter(payload);
    heard.push(`${topic} ${starter ? starter.given.files.map(({ text }) => text).join() : 'back'}`);
  });
  // MQTT.js rejects if a filter is refused.
  const isGranted = (filter: string) =>
    client.subscribeAsync(filter, { qos: 1 }).then(
      ([one]) => (one?.qos ?? 0x87) < 0x80,
      () => false,
    );
  const granted = await Promise.all(subscribes.map(isGranted));
  return { client, heard, granted };
}
async function member(name: string) {
  const device = course.device();
  const me = String((await device.post('/api/class/join', { code, name }))['id']);
  const open = (subscribes = [topics.starter('a/one'), topics.starter('a/one', me)]) =>
    page(device, '/class/mqtt', `${me}.${clients.length}`, subscribes);
  return { device, me, open };
}

test('to all and to one; who comes later gets it, also after a restart; it can be taken back', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const [one, other] = [await mei.open(), await lin.open()];
  expect(await give(programs('for all'))).toMatchObject({ status: 200, isKept: true });
  expect(await give(programs('for mei'), { to: mei.me })).toMatchObject({ status: 200 });
  const [all, own] = ['class/all/starter/a/one', `class/${mei.me}/starter/a/one`];
  await expect.poll(() => one.heard).toEqual([`${all} for all`, `${own} for mei`]);
  await expect.poll(() => other.heard).toEqual([`${all} for all`]);
  await course.restart();
  const later = await mei.open();
  const both = [`${all} for all`, `${own} for mei`].toSorted();
  await expect.poll(() => later.heard.toSorted()).toEqual(both);
  await give(null);
  await give(null, { to: mei.me });
  await expect.poll(() => later.heard.slice(2)).toEqual([`${all} back`, `${own} back`]);
  await course.restart();
  expect((await mei.open()).heard).toEqual([]);
});

test('it is in the store before it is acknowledged', async () => {
  const { write } = SqliteStore.prototype;
  const order: string[] = [];
  SqliteStore.prototype.write = async function (changes) {
    await write.call(this, changes);
    if (changes.some((change) => 'put' in change && change.put === 'said')) order.push('stored');
  };
  try {
    const mei = await member('Mei');
    const { client } = await mei.open();
    client.on('message', () => order.push('heard'));
    await give(programs('x'));
    order.push('acknowledged');
    await expect.poll(() => order.toSorted()).toEqual(['acknowledged', 'heard', 'stored']);
    expect(order[0]).toBe('stored');
  } finally {
    SqliteStore.prototype.write = write;
  }
});

test('who may not: a member, a stranger; and the broker takes it from nobody but the server', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  for (const device of [mei.device, course.device()])
    expect(await give(programs('forged'), {}, device)).toMatchObject({ status: 403 });
  const spy = await mei.open(['class/#', 'class/+/starter/#', topics.starter('a/one', lin.me), topics.starter('a/one')]); // prettier-ignore
  expect(spy.granted).toEqual([false, false, false, true]);
  const { client: teacher } = await page(by, `/class/${id}/mqtt`, 'teacher.1', ['class/+/starter/#']); // prettier-ignore
  for (const client of [spy.client, teacher])
    for (const topic of [
      topics.starter('a/one'),
      topics.starter('a/one', mei.me),
      topics.starter('a/one', lin.me),
    ]) {
      const sent = client.publishAsync(topic, 'x', { qos: 1, retain: true });
      await expect(sent, topic).rejects.toMatchObject({ code: 0x87 });
    }
  await give(programs('lin'), { to: lin.me });
  await give(programs('all'));
  await expect.poll(() => spy.heard).toEqual(['class/all/starter/a/one all']);
});

test('bad input: another class’s member, an exercise that does not exist, names, sizes, too many', async () => {
  const mei = await member('Mei');
  const { open } = await member('Lin');
  const { heard } = await open();
  const second = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ id: string }]; // prettier-ignore
  const elsewhere = await by.post(`/api/class/classes/${second[0].id}/say`, {
    ...{ type: 'starter', exercise: 'a/one', given: programs('x'), to: mei.me },
  });
  expect(elsewhere).toMatchObject({ status: 404, error: 'no-member' });
  expect(await give(programs('x'), { exercise: 'a/none' })).toMatchObject({ error: 'unknown-exercise' }); // prettier-ignore
  const broken: object[] = [
    { files: [], broker: [] },
    { files: [{ name: '../x', text: '' }], broker: [] },
    {
      files: [
        { name: 'a.ts', text: '' },
        { name: 'a.ts', text: '' },
      ],
      broker: [],
    },
    { files: [], broker: [{ name: 'shadow', text: '' }] },
    { files: 'x', broker: [] },
    programs('x'.repeat(mostStarterBytes)),
    programs('"'.repeat(mostStarterBytes / 2)),
  ];
  for (const given of broken) expect(await give(given)).toMatchObject({ error: 'bad-request' });
  for (const exercise of ['a/+', '#', '../one', 'a/one/x', ''])
    expect(await give(programs('x'), { exercise })).toMatchObject({ status: 400 });
  // A class holds so much; the same topic again takes no more of it.
  const large = programs('x'.repeat(30_000));
  const others = await Promise.all(Array.from({ length: 20 }, (_, n) => member(`M ${n}`)));
  let full = 0;
  for (const { me } of others) {
    const { error } = (await give(large, { to: me })) as { error?: string };
    if (error === 'too-many-starters') full++;
    else expect(error).toBeUndefined();
  }
  expect(20 - full).toBe(Math.floor(mostStartersBytes / 30_200));
  expect(await give(large, { to: others[0]!.me })).toMatchObject({ status: 200 });
  // Who is removed leaves room, and nothing of them is retained.
  const { heard: seen } = await page(by, `/class/${id}/mqtt`, 'teacher.1', ['class/+/starter/#']);
  await expect.poll(() => seen.length).toBe(20 - full);
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: others[0]!.me });
  await expect.poll(() => seen.at(-1)).toBe(`class/${others[0]!.me}/starter/a/one back`);
  expect(await give(programs('y'.repeat(28_000)))).toMatchObject({ status: 200 });
  // After a restart all of it is there at once.
  await course.restart();
  const anew = await page(by, `/class/${id}/mqtt`, 'teacher.1', ['class/+/starter/#']);
  await expect.poll(() => anew.heard.length).toBe(20 - full);
  expect(heard.filter((one) => !one.endsWith('y'.repeat(9)))).toEqual([]);
});

/** The shared room of a class, by real MQTT clients: who comes in, who reads and writes what, and who is cut. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Device } from './testing/class-server.ts';
import { refused, SharedClass, type Heard } from './testing/shared-class.ts';

let room: SharedClass;
beforeEach(async () => {
  room = await SharedClass.begin();
});
afterEach(() => room.end());

const all = async (heard: Heard, filter = '#') => {
  await heard.client.subscribeAsync(filter, { qos: 1 });
  return heard;
};
/** Of the response to a WebSocket that is refused. */
const statusOf = (device: Device, path: string) =>
  new Promise((resolve) =>
    device.socket(path).once('unexpected-response', (_, { statusCode }) => resolve(statusCode)),
  );
const ended = ({ client }: Heard) =>
  new Promise<number | undefined>((resolve) => {
    let code: number | undefined;
    client.on('disconnect', ({ reasonCode }) => (code = reasonCode));
    client.once('close', () => resolve(code));
  });

test('nobody comes in before the teacher opens it; then pages, own programs and each version meet', async () => {
  const [mei, lin] = [await room.member('Mei'), await room.member('小林')];
  expect(await mei.access()).toMatchObject({ isOpen: false, handle: null, address: null });
  expect(await statusOf(mei.device, '/class/shared')).toBe(404);
  expect((await room.share()).status).toBe(200);
  expect(await mei.access()).toMatchObject({ isOpen: true, isPaused: false, handle: 'mei' });
  expect(await lin.access()).toMatchObject({ handle: 'member-1', address: expect.stringMatching(/^class-/) }); // prettier-ignore

  const page = await all(await mei.page());
  const own = await all(await lin.own({ protocolVersion: 4 }), 'class/#');
  await page.client.publishAsync('class/mei/lamp', 'on', { qos: 1 });
  await own.client.publishAsync('class/member-1/door', '開', { qos: 1 });
  await own.client.publishAsync('class/all/chat', 'hi', { qos: 2 });
  const heard = ['class/mei/lamp on', 'class/member-1/door 開', 'class/all/chat hi'];
  for (const one of [page, own]) await expect.poll(() => one.all).toEqual(heard);
});

test('a stranger, a wrong address and no cookie stay outside', async () => {
  await room.share();
  const mei = await room.member('Mei');
  const { address } = await mei.access();
  const stranger = room.course.device();
  expect((await stranger.get('/api/class/shared')).status).toBe(404);
  expect(await statusOf(stranger, '/class/shared')).toBe(403);
  for (const username of [
    'class-',
    'class-000000000000',
    `${address}x`,
    address!.slice(0, -1),
    'mei',
  ])
    expect(await refused(mei.own({ username })), username).toBe(0x87);
  // Another way of writing the same: what follows a colon is not for the server to judge.
  expect(await refused(mei.own({ username: `${address}:anything` }))).toBe('taken');
});

test('nobody writes in another one’s tree, by no way', async () => {
  await room.share();
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  await lin.access();
  const watcher = await all(await lin.page());
  const thief = await mei.page({
    clientId: 'lin.lamp',
    will: { topic: 'class/lin/lamp', payload: Buffer.from('will'), qos: 1, retain: true },
  });
  for (const topic of [
    'class/lin/lamp',
    'class/member-9/x',
    'class/mei',
    'lamp',
    '$SYS/broker/x',
    'class/server/x',
  ])
    // prettier-ignore
    expect(await refused(thief.client.publishAsync(topic, 'no', { qos: 1 })), topic).toBe(0x87);
  // An alias for an allowed topic, then for another one.
  const alias = (topic: string) =>
    thief.client.publishAsync(topic, 'alias', { qos: 1, properties: { topicAlias: 1 } });
  expect(await refused(alias('class/mei/a'))).toBe('taken');
  expect(await refused(alias('class/lin/a'))).toBe(0x87);
  expect(await refused(thief.client.publishAsync('class/mei/x', Buffer.alloc(5_000), { qos: 1 }))).toBe(0x87); // prettier-ignore
  // 3.1.1 has no word for it: acknowledged, and dropped.
  const old = await mei.own({ protocolVersion: 4 });
  await old.client.publishAsync('class/lin/lamp', 'no', { qos: 1 });
  thief.client.stream.destroy();
  await old.client.publishAsync('class/mei/last', 'x', { qos: 1 });
  await expect.poll(() => watcher.all).toEqual(['class/mei/a alias', 'class/mei/last x']);
});

test('a client identifier names nobody else: two members with the same one both stay', async () => {
  await room.share();
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  const same = { clientId: 'lamp', clean: false, properties: { sessionExpiryInterval: 600 } };
  const mine = await all(await mei.page(same), 'class/#');
  for (const clientId of ['lamp', 'mei.lamp', 'mei']) {
    const other = await lin.own({ ...same, clientId });
    expect(other.client.connected, clientId).toBe(true);
    await other.client.publishAsync('class/lin/x', clientId, { qos: 1 });
  }
  await expect.poll(() => mine.all).toEqual(['class/lin/x lamp', 'class/lin/x mei.lamp', 'class/lin/x mei']); // prettier-ignore
  expect(mine.client.connected).toBe(true);
});

test('shared subscriptions: a group is one’s own, or everybody’s', async () => {
  await room.share();
  const mei = await room.member('Mei');
  const { client } = await mei.page();
  const codes = async (filter: string) => refused(client.subscribeAsync(filter, { qos: 1 }));
  expect(await codes('$share/mei/class/#')).toBe('taken');
  expect(await codes('$share/mei-lamps/class/#')).toBe('taken');
  expect(await codes('$share/all/class/#')).toBe('taken');
  for (const group of ['lin', 'meis', 'x', 'server'])
    expect(await codes(`$share/${group}/class/#`), group).not.toBe('taken');
  expect(await codes('$SYS/#')).toBe('taken');
});

test('who is removed is cut at once, with all that was theirs; nobody comes back by an address', async () => {
  await room.share();
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  const { address } = await mei.access();
  const [page, own, other] = [await mei.page(), await mei.own(), await lin.page()];
  await own.client.publishAsync('class/mei/state', 'on', { qos: 1, retain: true });
  await own.client.publishAsync('class/all/topic', 'on', { qos: 1, retain: true });
  await other.client.publishAsync('class/lin/state', 'on', { qos: 1, retain: true });
  const ends = [ended(page), ended(own)];
  expect((await room.obey({ type: 'remove', member: mei.id })).status).toBe(200);
  expect(await Promise.all(ends)).toEqual([0x98, 0x98]);
  expect(await statusOf(mei.device, '/class/shared')).toBe(403);
  expect(await refused(lin.own({ username: address! }))).toBe(0x87);
  await all(other);
  await expect.poll(() => other.all).toEqual(['class/lin/state on']);
  // A new member of the same name has the name, and nothing else of the former one.
  const again = await room.member('Mei');
  expect(await again.access()).toMatchObject({ handle: 'mei' });
  expect((await again.access()).address).not.toBe(address);
});

test('closing the room cuts everybody; a locked class stays in it, and a name that is free again is out', async () => {
  await room.share();
  await room.teacher.post(`/api/class/classes/${room.id}/names`, { text: 'Ada' });
  const mei = await room.member('Mei');
  const [page, own] = [await mei.page(), await mei.own()];
  await room.obey({ type: 'lock', locked: true });
  await own.client.publishAsync('class/mei/x', '1', { qos: 1 });
  await room.obey({ type: 'lock', locked: false });
  const { address } = await mei.access();
  const wasReleased = ended(page);
  await room.obey({ type: 'release', member: mei.id });
  await wasReleased;
  expect(await statusOf(mei.device, '/class/shared')).toBe(403);

  const lin = await room.member('Lin');
  const there = await lin.own();
  // The words are new, so the former device's address is nobody's.
  expect(await refused(lin.own({ username: address! }))).toBe(0x87);
  const closed = ended(there);
  await room.share(false);
  await closed;
  expect(await statusOf(lin.device, '/class/shared')).toBe(404);
  expect(await lin.access()).toMatchObject({ isOpen: false, address: null });
});

test('it outlives a restart: open, paused, the same names and addresses; new addresses cut the old ones', async () => {
  await room.share();
  const mei = await room.member('Mei');
  const before = await mei.access();
  await room.course.restart();
  const ports = { tcpPort: expect.any(Number), tlsPort: expect.any(Number) };
  expect(await mei.access()).toEqual({ ...before, ...ports });
  const own = await mei.own();
  expect(own.client.connected).toBe(true);
  const cut = ended(own);
  await room.obey({ type: 'share-renew' });
  await cut;
  expect(await refused(mei.own({ username: before.address! }))).toBe(0x87);
  expect((await mei.own()).client.connected).toBe(true);
});

test('paused: the broker takes no message and keeps everybody; then it goes on. Cleared: it is empty', async () => {
  await room.share();
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  const [mine, other] = [await mei.page(), await all(await lin.page())];
  const publish = (text: string) =>
    refused(mine.client.publishAsync('class/mei/x', text, { qos: 1, retain: true }));
  expect(await publish('1')).toBe('taken');
  await room.share(true, true);
  expect(await mei.access()).toMatchObject({ isOpen: true, isPaused: true });
  expect(await publish('2')).toBe(0x87);
  await room.share(true, false);
  expect(await publish('3')).toBe('taken');
  await expect.poll(() => other.all).toEqual(['class/mei/x 1', 'class/mei/x 3']);
  const cut = ended(other);
  expect((await room.obey({ type: 'share-clear' })).status).toBe(200);
  await cut;
  const anew = await all(await lin.page());
  const again = await mei.page();
  await again.client.publishAsync('class/mei/y', '4', { qos: 1 });
  await expect.poll(() => anew.all).toEqual(['class/mei/y 4']);
  await room.share(false);
  expect((await room.obey({ type: 'share-clear' })).status).toBe(404);
});

test('the teacher sees the class as it publishes; a learner does not get the picture', async () => {
  const mei = await room.member('<b>Mei</b>');
  const picture = room.picture();
  await expect
    .poll(() => picture.latest)
    .toMatchObject({ isOpen: false, learners: 1, members: [] });
  await room.share();
  const { client } = await mei.page();
  await client.publishAsync('class/b-mei-b/t', '21.5', { qos: 1, retain: true });
  await refused(client.publishAsync('class/lin/t', '1', { qos: 1 }));
  await expect
    .poll(() => picture.latest)
    .toMatchObject({
      ...{ isOpen: true, messages: 1, retained: 1, refused: 1 },
      members: [{ handle: 'b-mei-b', name: '<b>Mei</b>', lines: 1, messages: 1 }],
      topics: [{ topic: 'class/+/t', members: 1, numbers: [21.5], last: { text: '21.5' } }],
      latest: [{ from: 'b-mei-b', topic: 'class/b-mei-b/t', text: '21.5', retain: true }],
    });
  for (const path of [`/class/${room.id}/shared`, `/class/${room.id}/shared/watch`])
    expect(await statusOf(mei.device, path)).toBe(403);
  client.end(true);
  await expect.poll(() => picture.latest?.members[0]!.lines).toBe(0);
  picture.close();
});

/** A member who floods the shared room: the others notice nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memberRate, mostAway } from '../../classroom/shared/shared-room.ts';
import { mostRetained } from '../../classroom/shared/retained-share.ts';
import { sharedLimits } from '../../protocol/shared-room.ts';
import { refused, SharedClass, type Heard } from './testing/shared-class.ts';

let room: SharedClass;
beforeEach(async () => {
  room = await SharedClass.begin();
  await room.share();
});
afterEach(() => room.end());

test('messages: all connections of a member share one rate, and another one’s message overtakes the flood', async () => {
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  const other = await lin.page();
  await other.client.subscribeAsync('class/#', { qos: 0 });
  const flood = await Promise.all([mei.own(), mei.own(), mei.page(), mei.page()]);
  const each = 2_000;
  for (let n = 0; n < each; n++)
    for (const { client } of flood) client.publish('class/mei/x', `${n}`, { qos: 0 });
  const fromMei = () => other.all.filter((one) => one.startsWith('class/mei')).length;
  await expect.poll(fromMei).toBeGreaterThan(0);
  await other.client.publishAsync('class/lin/x', 'me', { qos: 1 });
  await expect.poll(() => other.all).toContain('class/lin/x me');
  // At this rate the flood lasts for minutes.
  expect(memberRate.packetsBurst + memberRate.packets * 20).toBeLessThan((each * flood.length) / 3);
  expect(fromMei()).toBeLessThan((each * flood.length) / 3);
  // Whoever connects anew begins with what was left, not with a new burst.
  const before = fromMei();
  const anew = await mei.own();
  for (let n = 0; n < each; n++) anew.client.publish('class/mei/x', `${n}`, { qos: 0 });
  await other.client.publishAsync('class/lin/x', 'again', { qos: 1 });
  await expect.poll(() => other.all).toContain('class/lin/x again');
  expect(fromMei() - before).toBeLessThan(each / 2);
});

test('connections: of two hundred of one member eight stay, and others come in', async () => {
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  const open: Heard[] = [];
  const codes: unknown[] = [];
  for (let n = 0; n < 100; n++)
    await Promise.all(
      [() => mei.page(), () => mei.own()].map(async (connect) => {
        try {
          open.push(await connect());
        } catch (error) {
          codes.push((error as { code?: number }).code);
        }
      }),
    );
  expect(open).toHaveLength(sharedLimits.lines);
  expect(open.every(({ client }) => client.connected)).toBe(true);
  expect(new Set(codes)).toEqual(new Set([0x97]));
  expect((await lin.own()).client.connected).toBe(true);
  // A place that is left can be taken again.
  await open[0]!.client.endAsync();
  await expect.poll(() => refused(mei.own())).toBe('taken');
});

test('retained messages: a member’s share is full, the others’ is not', async () => {
  const [mei, lin] = [await room.member('Mei'), await room.member('Lin')];
  const [mine, other] = [await mei.own(), await lin.own()];
  const retain = ({ client }: Heard, topic: string, text = 'x') =>
    refused(client.publishAsync(topic, text, { qos: 1, retain: true }));
  const results: unknown[] = [];
  for (let n = 0; n < mostRetained.topics + 10; n++)
    results.push(await retain(mine, `class/${n % 2 ? 'all' : 'mei'}/${n}`));
  expect(results.slice(0, mostRetained.topics).every((one) => one === 'taken')).toBe(true);
  expect(results.slice(mostRetained.topics)).toEqual(Array(10).fill(0x87));
  expect(await retain(other, 'class/lin/state')).toBe('taken');
  // What is emptied makes room.
  expect(await retain(mine, 'class/mei/0', '')).toBe('taken');
  expect(await retain(mine, 'class/mei/new')).toBe('taken');
  expect(await retain(mine, 'class/mei/more')).toBe(0x87);
});

test('retained messages that have expired are in nobody’s share', async () => {
  const { client } = await (await room.member('Mei')).own();
  const retain = (topic: string, messageExpiryInterval: number) =>
    refused(client.publishAsync(topic, 'x', { qos: 1, retain: true, properties: { messageExpiryInterval } })); // prettier-ignore
  for (let n = 0; n < mostRetained.topics; n++)
    expect(await retain(`class/mei/${n}`, n < 10 ? 1 : 3_600)).toBe('taken');
  await expect.poll(() => retain('class/mei/new', 3_600)).toBe('taken');
});

test('sessions: those whose clients never return end, the oldest first', async () => {
  const mei = await room.member('Mei');
  const kept = (clientId: string) =>
    mei.own({ clientId, clean: false, properties: { sessionExpiryInterval: 600 } });
  const most = mostAway + 4;
  for (let n = 0; n < most; n++) await (await kept(`c${n}`)).client.endAsync();
  const sessions = async () => {
    const panels = room.teacher.socket(`/class/${room.id}/shared/watch?run=0&from=1`);
    const state = await new Promise<{ clients: { clientId: string }[] }>((resolve, reject) => {
      panels.on('message', (data, isBinary) => {
        if (isBinary) return;
        const message = JSON.parse(String(data)) as { type: string; state?: never };
        if (message.type === 'welcome') panels.send(JSON.stringify({ type: 'state', id: 1 }));
        if (message.type === 'state') resolve(message.state!);
      });
      panels.on('close', () => reject(new Error('closed')));
    });
    panels.terminate();
    return state.clients.map(({ clientId }) => clientId).sort();
  };
  const newest = Array.from({ length: mostAway }, (_, n) => `mei.c${most - 1 - n}`).sort();
  await expect.poll(sessions).toEqual(newest);
});

import { expect, test } from 'vitest';
import type { PacketEntry } from '../../../sandbox/protocol/trace.ts';
import { record, type RecordingStage } from '../../../sandbox/testing/recording.ts';
import { Received } from './received.ts';

/** What a client has received whose packets these are. */
function receivedOf(entries: readonly PacketEntry[]): Received {
  const received = new Received();
  for (const entry of entries) received.add(entry);
  return received;
}
const listenAt = (qos: 0 | 1 | 2) => async (stage: RecordingStage) => {
  const listener = stage.device('listener');
  await listener.subscribeAsync('orders', { qos });
  const till = stage.device('till');
  for (const pizza of ['Funghi', 'Marinara', 'Diavola']) {
    await till.publishAsync('orders', pizza, { qos: 2 });
  }
};
const toListener = async (qos: 0 | 1 | 2) => {
  const entries = await record([], listenAt(qos));
  const opened = entries.find((one) => one.type === 'line-opened' && one.name === 'listener');
  const line = opened?.type === 'line-opened' ? opened.line : undefined;
  return entries.filter((one): one is PacketEntry => one.type === 'packet' && one.line === line);
};
const publishes = (entries: readonly PacketEntry[]) =>
  entries.filter(({ bytes, direction }) => bytes[0]! >> 4 === 3 && direction === 'to-client');
const withFate = (entries: readonly PacketEntry[], fate: PacketEntry['fate']) =>
  entries.map((entry) => (publishes([entry]).length > 0 ? { ...entry, fate } : entry));

test.each([0, 1, 2] as const)('QoS %d: each message once', async (qos) => {
  const received = receivedOf(await toListener(qos));
  expect([received.count, received.topic]).toEqual([3, 'orders']);
});

test('a message that comes twice is two at QoS 1, and one at QoS 2', async () => {
  for (const [qos, count] of [
    [1, 6],
    [2, 3],
  ] as const) {
    const entries = await toListener(qos);
    const again = entries.flatMap((entry) => (publishes([entry]).length > 0 ? [entry, entry] : [entry])); // prettier-ignore
    expect(receivedOf(again).count, `QoS ${qos}`).toBe(count);
    expect(receivedOf(withFate(entries, 'duplicated')).count, `QoS ${qos}`).toBe(count);
  }
});

test('what was dropped is not received; what was held is, once something passes behind it', async () => {
  const entries = await toListener(1);
  expect(receivedOf(withFate(entries, 'dropped')).count).toBe(0);
  const held = withFate(entries, 'held');
  expect(receivedOf(held).count).toBe(0);
  expect(receivedOf([...held, publishes(entries)[0]!]).count).toBe(4);
  // Its line is gone, and what was held with it.
  expect(receivedOf([...held, { ...publishes(entries)[0]!, line: 99 }]).count).toBe(1);
});

import { expect, test } from 'vitest';
import type { BrokerState } from '../../../../sandbox/protocol/state.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { isSameState, markedState } from './differences.ts';

/** The states of a real broker, between the steps of a recording. */
async function statesOf(): Promise<Record<string, BrokerState>> {
  const states: Record<string, BrokerState> = {};
  await record([], async (stage) => {
    const keep = (name: string) => (states[name] = structuredClone(stage.room.state));
    const will = { topic: 'state', payload: Buffer.from('gone'), qos: 1, retain: true };
    const lamp = stage.wire('lamp');
    await lamp.connect('lamp', { clean: false, will });
    keep('connected');
    await lamp.subscribe('lamp/#', 2);
    keep('subscribed');
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    sensor.publish('lamp/state', 'on', { qos: 2, messageId: 7, retain: true });
    await sensor.next('pubrec');
    keep('half way');
    sensor.send({ cmd: 'pubrel', messageId: 7 });
    await sensor.next('pubcomp');
    await lamp.next('publish');
    keep('delivered');
    lamp.stream.destroy();
    await stage.until((entries) => entries.some(({ type }) => type === 'line-closed'));
    sensor.publish('lamp/state', 'off', { qos: 1, messageId: 8, retain: true });
    await sensor.next('puback');
    keep('away');
  });
  return states;
}

test('each step marks what it changed in a real broker, and nothing else', async () => {
  const states = await statesOf();
  const between = (before: string, now: string) => markedState(states[now]!, states[before]);
  const clientOf = (marked: ReturnType<typeof between>, id: string) =>
    marked.clients.find(({ value }) => value.clientId === id)!;

  const first = markedState(states['connected']!);
  expect(first.clients.map(({ mark }) => mark)).toEqual([undefined]);

  const subscribed = clientOf(between('connected', 'subscribed'), 'lamp');
  expect(subscribed).toMatchObject({
    mark: 'changed',
    subscriptions: [{ value: { filter: 'lamp/#', qos: 2 }, mark: 'new' }],
  });
  expect([...subscribed.changed]).toEqual([]);

  const half = between('subscribed', 'half way');
  // The broker hands a message on when it has its PUBLISH; what waits for PUBREL is its number.
  expect(clientOf(half, 'lamp').inflight).toMatchObject([
    { value: { direction: 'to-client', waitsFor: 'PUBREC' }, mark: 'new' },
  ]);
  expect(half.retained).toMatchObject([{ value: { topic: 'lamp/state' }, mark: 'new' }]);
  expect(clientOf(half, 'sensor')).toMatchObject({
    mark: 'new',
    value: { inflight: [{ packetId: 7, direction: 'to-broker', waitsFor: 'PUBREL' }] },
  });

  const delivered = between('half way', 'delivered');
  expect(delivered.retained).toMatchObject([{ value: { topic: 'lamp/state' } }]);
  expect(delivered.retained[0]!.mark).toBeUndefined();
  expect(clientOf(delivered, 'sensor').inflight).toMatchObject([{ mark: 'gone' }]);
  expect(clientOf(delivered, 'lamp').mark).toBeUndefined();

  const away = between('delivered', 'away');
  expect([...clientOf(away, 'lamp').changed].sort()).toEqual(['connected', 'queued', 'will']);
  expect(away.retained.find(({ value }) => value.topic === 'lamp/state')?.mark).toBe('changed');
  expect(away.retained.find(({ value }) => value.topic === 'state')?.mark).toBe('new');
  const back = between('away', 'connected');
  expect(clientOf(back, 'sensor').mark).toBe('gone');
  expect(back.retained.map(({ mark }) => mark)).toEqual(['gone', 'gone']);
});

test('the same is the same, byte for byte', async () => {
  const { away, delivered } = await statesOf();
  expect(isSameState(away!, structuredClone(away!))).toBe(true);
  expect(isSameState(away!, delivered!)).toBe(false);
  const other = structuredClone(away!);
  other.retained[0]!.payload[0]! ^= 1;
  expect(isSameState(away!, other)).toBe(false);
});

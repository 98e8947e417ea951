import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../sandbox/protocol/faults.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { record, type RecordingStage } from '../../../sandbox/testing/recording.ts';
import { brokerHeld } from './broker-held.ts';
import { castOf } from './cast.ts';
import { ownMessage } from './own-message.ts';
import { Stage } from './stage.ts';

const cast = castOf(['sensor', 'phone'], [{ name: 'listener', subscribes: ['#'] }]);
const options = { now: 0, mode: 'moving' } as const;
function stageOf(entries: readonly TraceEntry[], mode: 'moving' | 'still' | 'past' = 'moving') {
  const stage = new Stage(cast);
  stage.sync({ generation: 1, entries }, { now: 0, mode });
  return stage;
}
const sides = (stage: Stage) => {
  const { left, right } = stage.clients();
  return [left, right].map(({ shown }) =>
    shown.map(({ name, cable }) => `${name} ${cable.status}`),
  );
};
const clientOf = (stage: Stage, name: string) => {
  const { left, right } = stage.clients();
  return [...left.shown, ...right.shown].find((client) => client.name === name)!;
};
const talk = async ({ device }: RecordingStage) => {
  const sensor = device('sensor');
  await sensor.subscribeAsync('set', { qos: 1 });
  const phone = device('phone');
  await phone.publishAsync('set', 'on', { qos: 1 });
  await phone.endAsync();
};

test('the cast stands there before the run; what the trace shows of it decides its side', async () => {
  expect(sides(stageOf([]))).toEqual([['sensor off'], ['phone off', 'listener off']]);
  const stage = stageOf(await record([], talk));
  expect(sides(stage)).toEqual([['phone gone'], ['sensor connected', 'listener off']]);
  expect(clientOf(stage, 'phone').key).toBe('phone');
});

test('every packet is counted on its cable and travels once, in the order of the wire', async () => {
  const stage = stageOf(await record([], talk));
  const phone = clientOf(stage, 'phone').cable.lane('to-broker');
  expect(phone.count).toBe(3);
  expect(phone.flights.map(({ kind }) => kind)).toEqual(['CONNECT', 'PUBLISH', 'DISCONNECT']);
  expect(phone.flights[1]).toMatchObject({ topic: 'set', fate: 'passed' });
  const received = clientOf(stage, 'sensor').cable.lane('to-client');
  const publish = received.flights.find(({ kind }) => kind === 'PUBLISH')!;
  const sent = phone.flights[1]!;
  expect(publish.start).toBeGreaterThanOrEqual(sent.start + sent.time);
  // What a client is, is shown when its packets have arrived.
  const { cable } = clientOf(stage, 'phone');
  expect([cable.status, cable.shown]).toEqual(['gone', 'connecting']);
  // A thing moves when its message leaves, or has arrived; it counts what has arrived.
  const sensor = clientOf(stage, 'sensor').cable;
  expect(clientOf(stage, 'phone').cable.beat(sent.start)).toBe(`sent ${sent.n}`);
  expect([sensor.shownReceived, sensor.beat(publish.start)]).toEqual([0, undefined]);
  stage.settle(publish.start + publish.time);
  expect([sensor.shownReceived, sensor.beat(publish.start + publish.time)]).toEqual([1, 'received 1']); // prettier-ignore
  // All have arrived, and the last one is still named.
  stage.settle(60_000);
  expect(cable.shown).toBe('gone');
  expect(phone.flights).toEqual([]);
  expect(phone.last).toMatchObject({ kind: 'DISCONNECT' });
});

test.each(['still', 'past'] as const)('%s: nothing travels, all is counted and named', async (mode) => {
  const stage = stageOf(await record([], talk), mode);
  const lane = clientOf(stage, 'phone').cable.lane('to-broker');
  expect([lane.count, lane.flights.length, lane.last?.kind]).toEqual([3, 0, 'DISCONNECT']);
  const { cable } = clientOf(stage, 'sensor');
  expect([cable.shownReceived, cable.beat(0)]).toEqual([1, undefined]);
  expect(stage.news.take(0) === undefined).toBe(mode === 'past');
}); // prettier-ignore

test.each(['moving', 'still'] as const)('%s: the own message is shown once more', async (mode) => {
  const entries = await record([], talk);
  const stage = stageOf(entries, 'past');
  const own = ownMessage(entries);
  expect(own.map(({ direction }) => direction)).toEqual(['to-broker', 'to-client']);
  stage.again(own, { now: 0, mode });
  const sent = clientOf(stage, 'phone').cable.lane('to-broker');
  const got = clientOf(stage, 'sensor').cable.lane('to-client');
  expect([sent.own, got.own]).toMatchObject([{ topic: 'set' }, { topic: 'set' }]);
  expect([sent.count, sent.flights.length]).toEqual([3, mode === 'moving' ? 1 : 0]);
  if (mode === 'still') return;
  expect(got.flights[0]!.start).toBe(sent.flights[0]!.start + sent.flights[0]!.time);
  stage.settle(60_000);
  expect([sent.flights, sent.own?.kind]).toEqual([[], 'PUBLISH']);
});

test('without a message that arrived, the own connection is shown', async () => {
  const entries = await record([], async ({ device }) => {
    await device('phone').publishAsync('nobody', 'x', { qos: 1 });
  });
  const kinds = ownMessage(entries).map(({ bytes }) => bytes[0]! >> 4);
  expect(kinds).toEqual([1, 2]);
  expect(ownMessage([])).toEqual([]);
});

test('many packets are a stream with a number, until they are few again', async () => {
  const entries = await record([], async ({ device }) => {
    const sensor = device('sensor');
    for (let i = 0; i < 30; i += 1) await sensor.publishAsync('reading', String(i), { qos: 1 });
  });
  const stage = stageOf(entries);
  const lane = clientOf(stage, 'sensor').cable.lane('to-broker');
  expect([lane.isStream, lane.count, lane.perSecond(0)]).toEqual([true, 31, 31]);
  expect(lane.flights.length).toBeLessThanOrEqual(1);
  expect(stage.nextChange(0)).toBeLessThan(1_000);
  stage.settle(5_000);
  expect(lane.isStream).toBe(false);
  stage.news.take(5_000);
  expect(stage.nextChange(5_000)).toBeUndefined();
  // The same trace, seen later: nothing streams.
  expect(clientOf(stageOf(entries, 'past'), 'sensor').cable.lane('to-broker').isStream).toBe(false);
});

test('a fault marks the packet that it struck', async () => {
  const drop: FaultRule = {
    ...{ client: 'sensor', direction: 'to-broker', kind: 'PUBLISH' },
    action: { do: 'drop-and-cut' },
  };
  const entries = await record([drop], async ({ device, until }) => {
    device('sensor').publish('reading', '1', { qos: 1 });
    await until((all) => all.some(({ type }) => type === 'line-closed'));
  });
  const stage = stageOf(entries);
  const { flights } = clientOf(stage, 'sensor').cable.lane('to-broker');
  const struck = flights.find(({ kind }) => kind === 'PUBLISH')!;
  expect(struck.fate).toBe('dropped');
});

test('another run begins with an empty stage', async () => {
  const stage = stageOf(await record([], talk));
  expect(stage.sync({ generation: 2, entries: [] }, options)).toBe(true);
  expect(sides(stage)).toEqual([['sensor off'], ['phone off', 'listener off']]);
  expect(stage.nextChange(0)).toBeUndefined();
});

test('of a crowd a few are shown, and the rest is counted', async () => {
  const entries = await record([], async ({ wire }) => {
    for (let i = 0; i < 12; i += 1) await wire(`guest ${i}`).connect(`guest ${i}`);
  });
  const { left } = stageOf(entries).clients();
  expect([left.shown.length, left.more]).toEqual([8, 5]);
  expect(left.shown[0]!.name).toBe('sensor');
});

describe('a will', () => {
  const will = { topic: 'state', payload: Buffer.from('gone'), qos: 0, retain: false };
  const willsAfter = async (leave: (stage: RecordingStage) => Promise<void>) => {
    const entries = await record([], leave);
    return stageOf(entries).wills.list.map(({ topic, text, state }) => ({ topic, text, state }));
  };
  const closed = (entries: readonly TraceEntry[]) => entries.some(({ type }) => type === 'line-closed'); // prettier-ignore

  test('is sealed while its client is there', async () => {
    const wills = await willsAfter(async ({ wire }) => {
      await wire('sensor').connect('sensor', { will });
    });
    expect(wills).toEqual([{ topic: 'state', text: 'gone', state: 'sealed' }]);
  });
  test('is published when the cable is pulled', async () => {
    const wills = await willsAfter(async ({ wire, room, until }) => {
      await wire('sensor').connect('sensor', { will });
      room.cut('sensor');
      await until(closed);
    });
    expect(wills).toEqual([{ topic: 'state', text: 'gone', state: 'published' }]);
  });
  test('is thrown away when its client says goodbye', async () => {
    const wills = await willsAfter(async ({ wire, until }) => {
      const sensor = wire('sensor');
      await sensor.connect('sensor', { will });
      sensor.send({ cmd: 'disconnect' });
      await until(closed);
    });
    expect(wills).toEqual([]);
  });
});

test('the broker keeps notes and mailboxes: a few are shown, the fullest first', () => {
  const client = { version: 4, clean: false, keepAlive: 0, subscriptions: [], inflight: [] } as const;
  const state: BrokerState = {
    retained: Array.from({ length: 9 }, (_, i) => ({ topic: `t/${i}`, payload: Buffer.from(`<b>${i}`), qos: 0 as const })),
    clients: [
      { ...client, clientId: 'here', connected: true, queued: 0, subscriptions: [], inflight: [] },
      { ...client, clientId: 'away', connected: false, queued: 0, subscriptions: [], inflight: [] },
      { ...client, clientId: 'full', connected: false, queued: 12, subscriptions: [], inflight: [] },
    ],
  };
  const held = brokerHeld(state);
  expect([held.notes.shown.length, held.notes.more]).toEqual([6, 3]);
  expect(held.notes.shown[0]).toEqual({ topic: 't/0', text: '<b>0' });
  expect(held.mailboxes.shown).toEqual([{ clientId: 'full', queued: 12 }, { clientId: 'away', queued: 0 }]);
}); // prettier-ignore

/** What the trace shows is compared with the state of the broker itself, in real rooms. */
import { fileURLToPath } from 'node:url';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { View } from '../../../sandbox/protocol/exercise.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { roomClient } from '../../../sandbox/testing/room-client.ts';
import { record, type RecordingStage } from '../../../sandbox/testing/recording.ts';
import { readLesson } from '../../../scripts/check-lessons/lesson.ts';
import { memory } from '../../../scripts/check-lessons/rooms/memory.ts';
import type { RoomSource } from '../../../scripts/check-lessons/rooms/room-under-test.ts';
import { runExercise } from '../../../scripts/check-lessons/run-exercise.ts';
import { RebuiltBroker } from './broker.ts';

type Retained = ConstructorParameters<typeof RebuiltBroker>[0];

/** In a form that can be compared: payloads as text, clients by id. */
function plain({ clients, retained }: BrokerState) {
  const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
  return {
    clients: clients
      .map(({ will, ...client }) => ({
        ...client,
        ...(will && { will: { ...will, payload: text(will.payload) } }),
      }))
      .sort((a, b) => (a.clientId < b.clientId ? -1 : 1)),
    retained: retained.map(({ topic, payload, qos }) => ({ topic, payload: text(payload), qos })),
  };
}
function rebuilt(entries: View['entries'], retained: Retained): BrokerState {
  const broker = new RebuiltBroker(retained);
  for (const entry of entries) broker.add(entry);
  return broker.stateAt(entries.at(-1)?.at ?? 0);
}
/** A broker takes a packet some turns of the event loop after it was written into the trace. */
async function expectSame(view: () => View | Promise<View>, retained: Retained = []) {
  for (let turns = 0; turns < 400; turns += 1) {
    const { entries, state } = await view();
    if (JSON.stringify(plain(rebuilt(entries, retained))) === JSON.stringify(plain(state))) break;
    await turn();
  }
  const { entries, state } = await view();
  expect(plain(rebuilt(entries, retained))).toEqual(plain(state));
  return state;
}

/** The memory rooms, which are looked at once more before they close. */
const watched = (retained: Retained, ends: BrokerState[]): RoomSource => ({
  ...memory,
  async open(...given) {
    const room = await memory.open(...given);
    return {
      ...room,
      // A caller sets its listener on this object.
      set onChange(listener: (() => void) | undefined) {
        room.onChange = listener;
      },
      async close() {
        try {
          ends.push(await expectSame(() => room.view(), retained));
        } finally {
          await room.close();
        }
      },
    };
  },
});

const lessons = fileURLToPath(new URL('../../../lessons', import.meta.url));
describe('the end of a solution, as the broker has it', () => {
  test.concurrent.each(['retained', 'sessions', 'last-will', 'qos-2', 'users-and-passwords'])(
    '%s',
    { timeout: 60_000 },
    async (slug) => {
      const { exercises } = await readLesson(lessons, slug);
      const ends: BrokerState[] = [];
      for (const files of exercises) {
        const source = watched(files.exercise.scene.retained, ends);
        const { results } = await runExercise(source, files, files.solution);
        expect(results.every(({ state }) => state === 'true')).toBe(true);
      }
      expect(ends).toHaveLength(exercises.length);
    },
  );
});

/** Each step is compared; the right values of some stand in the tests. */
const compared = (
  act: (stage: RecordingStage, same: () => Promise<BrokerState>) => Promise<void>,
) =>
  record([], (stage) => {
    const same = () =>
      expectSame(() => ({ entries: [...stage.room.trace.all()], state: stage.room.state }));
    return act(stage, same);
  });
const will = { topic: 'state', payload: Buffer.from('gone'), qos: 1, retain: true } as const;
const closed = (entries: View['entries']) => entries.some(({ type }) => type === 'line-closed');

test('a session that is away, its queue, its will, its return', () =>
  compared(async ({ wire, until }, same) => {
    const lamp = wire('lamp');
    await lamp.connect('lamp', { clean: false, will });
    await lamp.subscribe('lamp/#', 2);
    expect((await same()).clients).toMatchObject([{ clientId: 'lamp', will: { topic: 'state' } }]);
    const sensor = wire('sensor');
    await sensor.connect('sensor');
    sensor.publish('lamp/state', 'on', { qos: 2, messageId: 7, retain: true });
    await sensor.next('pubrec');
    expect((await same()).clients).toMatchObject([
      { inflight: [{ direction: 'to-client', waitsFor: 'PUBREC' }] },
      { inflight: [{ packetId: 7, direction: 'to-broker', waitsFor: 'PUBREL' }] },
    ]);
    sensor.send({ cmd: 'pubrel', messageId: 7 });
    await sensor.next('pubcomp');
    await lamp.next('publish');
    await same();
    lamp.stream.destroy();
    await until(closed);
    for (let i = 1; i <= 3; i += 1) sensor.publish('lamp/state', `${i}`, { qos: 1, messageId: i });
    sensor.publish('lamp/state', 'not kept for anybody', { qos: 0 });
    for (let i = 1; i <= 3; i += 1) await sensor.next('puback');
    const away = await same();
    expect(away.clients).toMatchObject([{ clientId: 'lamp', connected: false, queued: 3 }, {}]);
    expect(away.retained.map(({ topic }) => topic)).toEqual(['lamp/state', 'state']);
    const again = wire('lamp');
    await again.connect('lamp', { clean: false });
    await again.next('publish');
    await same();
    sensor.publish('lamp/state', '', { retain: true });
    sensor.send({ cmd: 'disconnect' });
    await until((entries) => entries.filter(({ type }) => type === 'line-closed').length > 1);
    expect((await same()).retained.map(({ topic }) => topic)).toEqual(['state']);
  }));

test('a window of one, subscriptions that come and go, a session that is taken over', () =>
  compared(async ({ room }, same) => {
    const wire = (name: string) => roomClient(room, { role: 'actor', name }, 5);
    const slow = wire('slow');
    const kept = { sessionExpiryInterval: 60, receiveMaximum: 1 };
    await slow.connect('slow', { clean: true, properties: kept });
    await slow.subscribe('a/+', 1);
    await slow.subscribe('b', 1);
    const fast = wire('fast');
    await fast.connect('fast');
    for (let i = 1; i <= 4; i += 1) {
      fast.publish('a/x', `${i}`, { qos: 1, messageId: i });
      await fast.next('puback');
    }
    const full = (await same()).clients.find(({ clientId }) => clientId === 'slow');
    expect(full).toMatchObject({ queued: 3, inflight: [{ waitsFor: 'PUBACK' }] });
    slow.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['b'] });
    await slow.next('unsuback');
    const first = await slow.next('publish');
    slow.send({ cmd: 'puback', messageId: first.messageId! });
    await slow.next('publish');
    await same();
    const other = wire('slow');
    await other.connect('slow', { clean: false, properties: kept });
    await same();
    fast.publish('r/1', 'kept', { retain: true });
    fast.publish('r/2', 'kept', { retain: true });
    expect((await same()).retained).toHaveLength(2);
    await room.clearRetained('r/2');
    expect((await same()).retained.map(({ topic }) => topic)).not.toContain('r/2');
  }));

test('what a fault delays or freezes reaches the broker when it does', () =>
  compared(async ({ wire, setConditions }, same) => {
    const sensor = wire('sensor');
    await sensor.connect('sensor');
    setConditions({ client: 'sensor', latencyMs: 40 });
    sensor.publish('t', 'late', { retain: true, qos: 1, messageId: 1 });
    await sensor.next('puback');
    expect((await same()).retained).toHaveLength(1);
    setConditions({ client: 'sensor', frozen: true });
    sensor.publish('u', 'held', { retain: true, qos: 1, messageId: 2 });
    expect((await same()).retained).toHaveLength(1);
    setConditions({ client: 'sensor' });
    await sensor.next('puback');
    expect((await same()).retained).toHaveLength(2);
    setConditions({ client: 'sensor', loss: 1 });
    sensor.publish('v', 'lost', { retain: true });
    expect((await same()).retained).toHaveLength(2);
  }));

test('what a broker saved is there again after its end, and nothing else', () =>
  compared(async ({ room, until }, same) => {
    const wire = (name: string) => roomClient(room, { role: 'actor', name });
    const conf =
      'listener 1883\nallow_anonymous true\npersistence true\npersistence_location /var/lib/mosquitto/\n';
    await room.reset({ 'mosquitto.conf': conf });
    const lamp = wire('lamp');
    await lamp.connect('lamp', { clean: false });
    await lamp.subscribe('lamp/#', 1);
    const sensor = wire('sensor');
    await sensor.connect('sensor', { will });
    await sensor.deliver('lamp/one', 'flies', 1);
    await lamp.next('publish');
    lamp.terminate();
    await until(closed);
    await sensor.deliver('lamp/two', 'waits', 1, { retain: true });
    await room.operate('stop');
    expect(await same()).toMatchObject({
      clients: [],
      retained: [],
      process: { state: 'stopped' },
    });
    await room.operate('start');
    const again = await same();
    expect(again.clients).toMatchObject([{ connected: false, queued: 1, inflight: [{ qos: 1 }] }]);
    // The will of the client that was connected, too.
    expect(again.retained.map(({ topic }) => topic).sort()).toEqual(['lamp/two', 'state']);
    const late = wire('sensor');
    await late.connect('sensor');
    await late.deliver('late', 'lost', 1, { retain: true });
    expect((await same()).retained).toHaveLength(3);
    await room.operate('kill');
    expect((await same()).retained).toEqual([]);
    await room.operate('start');
    expect((await same()).retained).toHaveLength(2);
  }));

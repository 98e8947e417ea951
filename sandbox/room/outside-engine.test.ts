/** A room whose broker is elsewhere: what it does all the same, and what it refuses by name. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Duplex } from 'readable-stream';
import { afterEach, describe, expect, test } from 'vitest';
import { outside } from '../engine/outside/index.ts';
import type { EngineFactory } from '../engine/broker.ts';
import type { Exercise } from '../protocol/exercise.ts';
import { whyNoReference } from '../testing/differential/mosquitto.ts';
import { mosquittoEngine } from '../testing/mosquitto-engine.ts';
import { entriesOf, packetsSeen } from '../testing/seen.ts';
import { roomClient } from '../testing/room-client.ts';
import { Room } from './room.ts';

const rooms: Room[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close('stopping');
});

function roomWith(engine: EngineFactory, exercise: Partial<Exercise> = {}): Room {
  const whole = { devices: [], scene: {}, checks: [], ...exercise };
  const room = new Room({ code: 'outside', engine, exercise: whole });
  rooms.push(room);
  return room;
}

const files = { 'mosquitto.conf': 'listener 1883\nallow_anonymous true\nlistener 1884\n' };

describe.skipIf(whyNoReference() !== undefined)('a room with mosquitto as its engine', () => {
  const mosquitto = mosquittoEngine(() => files);

  test('has the scene, the trace and the faults of any room', async () => {
    const room = roomWith(mosquitto, {
      scene: {
        retained: [{ topic: 'lamp', payload: 'on' }],
        actors: [{ name: 'echo', answers: [{ filter: 'ask', topic: 'told', payload: 'yes' }] }],
        faults: [
          { client: 'a', direction: 'to-broker', kind: 'PUBLISH', action: { do: 'duplicate' } },
        ],
      },
    });
    await room.reset();
    const client = roomClient(room);
    await client.connect('a');
    await client.subscribe('lamp');
    expect(await client.next('publish')).toMatchObject({ topic: 'lamp', retain: true });
    await client.subscribe('told');
    client.publish('ask', '?');
    for (const _ of ['once', 'again']) expect((await client.next('publish')).topic).toBe('told');
    expect(packetsSeen(room).map(({ packet }) => packet.kind)).toContain('CONNACK');
    // The room's own publishes are on no line of the room.
    expect(entriesOf(room, 'line-opened').map(({ role }) => role)).toEqual(['actor', 'outside']);
    client.send({ cmd: 'disconnect' });
    await client.ended();
    expect(entriesOf(room, 'line-closed').map(({ by }) => by)).toEqual(['client']);
  });

  test('begins each run with a broker that holds nothing', async () => {
    const room = roomWith(mosquitto);
    await room.reset();
    const first = roomClient(room);
    await first.connect('a', { clean: false });
    first.publish('t', 'x', { qos: 1, messageId: 1, retain: true });
    await first.next('puback');
    await room.reset();
    await first.ended();
    const second = roomClient(room);
    expect((await second.connect('a', { clean: false })).sessionPresent).toBe(false);
    await second.subscribe('t');
    await second.ping();
    expect(second.texts()).toEqual([]);
  });

  test('goes to the listener that the files name, and is refused if there is none', async () => {
    const room = roomWith(mosquitto);
    await room.reset(files);
    const target = { port: 1884, protocol: 'mqtt' } as const;
    const client = roomClient(room, { role: 'device', target });
    expect((await client.connect('a')).returnCode).toBe(0);
    roomClient(room, { role: 'device', target: { ...target, port: 1885 } });
    expect(entriesOf(room, 'line-opened')).toMatchObject([{ target }]);
    expect(entriesOf(room, 'line-refused')).toMatchObject([{ port: 1885, refusal: 'no-listener' }]);
  });

  test('refuses by name what its broker does not tell or do', async () => {
    const checks: Exercise['checks'] = [
      { id: 'kept', holds: ({ state }) => state.retained.length === 0 },
      { id: 'connected', holds: ({ entries }) => entries.length > 0 },
    ];
    const room = roomWith(mosquitto, { checks });
    await room.reset();
    await roomClient(room).connect('a');
    expect(() => room.state).toThrow(expect.objectContaining({ code: 'no-broker-state' }));
    expect(() => room.disconnect('a')).toThrow(
      expect.objectContaining({ code: 'not-by-this-broker' }),
    );
    await expect(room.clearRetained('t')).rejects.toMatchObject({ code: 'not-by-this-broker' });
    // A check of the state is not decided, so not true; others are as in any room.
    expect(room.checks()).toEqual([
      { id: 'kept', state: 'not-yet' },
      { id: 'connected', state: 'true' },
    ]);
  });
});

/** An engine whose broker listens at this port. */
const at = (port: number): EngineFactory =>
  outside(async () => ({ dial: () => connect(port, '127.0.0.1') as unknown as Duplex }));

test('an unreachable broker closes the line, and refuses the scene', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const room = roomWith(at(port));
  await room.reset();
  const client = roomClient(room);
  await client.ended();
  expect(entriesOf(room, 'line-closed').map(({ by }) => by)).toEqual(['broker']);
  const staged = roomWith(at(port), { scene: { retained: [{ topic: 't', payload: 'x' }] } });
  await expect(staged.reset()).rejects.toThrow();
});

/** What bridges of a room's brokers do that no comparison with Mosquitto shows: names, limits, faults, ends. */
import { afterEach, describe, expect, it } from 'vitest';
import { createBroker } from '../engine/builtin/index.ts';
import type { BrokerFiles } from '../protocol/exercise.ts';
import { limits } from '../shared/config.ts';
import { roomClient } from '../testing/room-client.ts';
import { entriesOf, packetsSeen, untilSeen } from '../testing/seen.ts';
import { Room } from './room.ts';

const open = 'listener 1883\nallow_anonymous true\n';
const rooms: Room[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close('stopping');
});

const bridge = (to: string, topics: string, name = to) =>
  `${open}connection ${name}\naddress ${to}:1883\nrestart_timeout 1\n${topics}\n`;

async function roomOf(house: string, cloud: string | null = open): Promise<Room> {
  const files: BrokerFiles = { 'mosquitto.conf': house };
  if (cloud !== null) files['cloud/mosquitto.conf'] = cloud;
  const room = new Room({ code: 'bridges', engine: createBroker });
  rooms.push(room);
  await room.reset(files);
  return room;
}

async function join(room: Room, id: string, on?: 'cloud') {
  const target = { port: 1883, protocol: 'mqtt', ...(on && { host: on }) } as const;
  const client = roomClient(room, { role: 'device', name: id, target });
  client.acknowledges = true;
  await client.connect(id);
  return client;
}
const bridgeLines = (room: Room) =>
  entriesOf(room, 'line-opened').filter(({ role }) => role === 'bridge');
const isBridged = (room: Room, times = 1) =>
  untilSeen(room, () => {
    const lines = new Set(bridgeLines(room).map(({ line }) => line));
    return (
      packetsSeen(room).filter(({ line, packet }) => packet.kind === 'SUBACK' && lines.has(line))
        .length >= times
    );
  });
const logs = (room: Room, level: string) =>
  entriesOf(room, 'log')
    .filter((entry) => entry.level === level)
    .map(({ text, on }) => (on ? `${on}: ${text}` : text));

describe('a bridge between the brokers of a room', () => {
  it('is a line of the room, with the names of both ends, and keeps no room busy', async () => {
    const room = await roomOf(bridge('cloud', 'topic a/# both 1'));
    await isBridged(room);
    expect(bridgeLines(room)).toMatchObject([
      { name: 'house', on: 'cloud', target: { port: 1883 } },
    ]);
    expect(room.busy).toBe(false);
    expect(room.state.clients).toMatchObject([{ clientId: 'local.house.cloud', connected: true }]);
    expect(room.state.cloud?.clients).toMatchObject([{ clientId: 'house.cloud', connected: true }]);
  });

  it('carries what a program publishes at the house to one at the cloud', async () => {
    const room = await roomOf(bridge('cloud', 'topic a/# out 1'));
    const far = await join(room, 'far', 'cloud');
    await far.subscribe('#', 1);
    const home = await join(room, 'home');
    await home.deliver('a/x', 'hello', 1);
    expect(await far.next('publish')).toMatchObject({ topic: 'a/x' });
    expect(entriesOf(room, 'line-opened').find(({ name }) => name === 'far')?.on).toBe('cloud');
  });

  it('is struck by faults as any client is, by the name of its broker', async () => {
    const room = await roomOf(bridge('cloud', 'topic a/# both 1'));
    await isBridged(room);
    const far = await join(room, 'far', 'cloud');
    await far.subscribe('#', 1);
    const home = await join(room, 'home');
    const rule = { client: 'house', direction: 'to-broker', kind: 'PUBLISH' } as const;
    room.armFaults([{ ...rule, action: { do: 'drop-and-cut' } }]);
    await home.deliver('a/x', 'late', 1);
    // It comes once the bridge has connected again, as a duplicate.
    expect(await far.next('publish')).toMatchObject({ topic: 'a/x', qos: 1 });
    expect(entriesOf(room, 'fault')).toMatchObject([{ line: bridgeLines(room)[0]!.line }]);
    expect(bridgeLines(room)).toHaveLength(2);
  });

  it('does not connect to a listener that is for its own machine, or to a port where none is', async () => {
    const room = await roomOf(bridge('cloud', 'topic a both'), 'listener 1883 127.0.0.1\n');
    const refused = await untilSeen(room, () => entriesOf(room, 'line-refused')[0]);
    expect(refused).toMatchObject({ role: 'bridge', refusal: 'local-only', on: 'cloud' });
    expect(logs(room, 'error')).toEqual(['Error creating bridge: Broken pipe.']);
  });

  it('finds no machine that is not there', async () => {
    const room = await roomOf(bridge('nowhere', 'topic a both'));
    const first = entriesOf(room, 'log').find(({ on }) => !on);
    const text = 'Warning: Error resolving bridge address: Name or service not known.';
    expect(first).toMatchObject({ level: 'warning', text });
    const alone = await roomOf(bridge('cloud', 'topic a both'), null);
    expect(entriesOf(alone, 'log')[0]).toMatchObject({ text });
    expect(entriesOf(alone, 'line-opened')).toEqual([]);
    const far = await roomOf(bridge('10.1.2.3', 'topic a both', 'far'));
    await untilSeen(far, () => logs(far, 'error').length > 0);
    expect(logs(far, 'error')).toEqual(['Error creating bridge: Network is unreachable.']);
  });

  it('is made once, if its start type says so', async () => {
    const room = await roomOf(bridge('cloud', 'topic a both 1\nstart_type once'));
    await isBridged(room);
    room.cut('house');
    await untilSeen(room, () => logs(room, 'notice').some((text) => /^Client local/.test(text)));
    await room.operate('save');
    expect(bridgeLines(room)).toHaveLength(1);
  });

  it('ends with its broker, and begins with the next run', async () => {
    const room = await roomOf(bridge('cloud', 'topic a both 1'));
    await isBridged(room);
    await room.operate('stop');
    await untilSeen(room, () => room.state.cloud?.clients[0]?.connected === false);
    await room.operate('start');
    await isBridged(room, 2);
    await room.reset({ 'mosquitto.conf': open, 'cloud/mosquitto.conf': open });
    expect(entriesOf(room, 'line-opened')).toEqual([]);
    expect(room.state.clients).toEqual([]);
  });

  it('outlives the other broker: stopped and started, it is connected again', async () => {
    const room = await roomOf(bridge('cloud', 'topic a both 1'));
    await isBridged(room);
    await room.operate('stop', undefined, { on: 'cloud' });
    expect(entriesOf(room, 'broker')).toMatchObject([{ what: 'stopped', on: 'cloud' }]);
    expect(room.state.process?.state).toBe('running');
    await room.operate('start', undefined, { on: 'cloud' });
    await isBridged(room, 2);
  });

  it('keeps its session to itself: no client can take it', async () => {
    const room = await roomOf(bridge('cloud', 'topic a both 1'));
    await isBridged(room);
    const client = roomClient(room, { target: { port: 1883, protocol: 'mqtt' } });
    expect(await client.connect('local.house.cloud')).toMatchObject({ returnCode: 2 });
    expect(room.state.clients).toMatchObject([{ clientId: 'local.house.cloud', connected: true }]);
  });
});

describe('two brokers', () => {
  it('say each what is wrong with their files', async () => {
    const room = await roomOf(open, 'allow_anonymous maybe\n');
    expect(room.configured).toMatchObject({
      started: false,
      problems: [{ file: '/etc/mosquitto/mosquitto.conf', line: 1, on: 'cloud' }],
    });
    const house = await roomOf('allow_anonymous maybe\n');
    expect(house.configured?.problems[0]).not.toHaveProperty('on');
    expect((await roomOf(open)).configured).toMatchObject({ started: true, problems: [] });
  });

  it('each do what is asked of them', async () => {
    const room = await roomOf(open);
    const far = await join(room, 'both', 'cloud');
    const home = await join(room, 'both');
    for (const client of [far, home]) await client.deliver('kept', 'x', 1, { retain: true });
    await room.clearRetained('kept', 'cloud');
    expect(room.state.retained.map(({ topic }) => topic)).toEqual(['kept']);
    expect(room.state.cloud?.retained).toEqual([]);
    room.disconnect('both', 'cloud');
    await far.ended();
    await home.ping();
    expect(room.state.clients).toMatchObject([{ clientId: 'both', connected: true }]);
  });
});

describe('a message that goes round', () => {
  const most = limits.bridgeHops.default;
  const published = (room: Room, topic: RegExp, way = 'to-broker') => {
    const lines = new Set(bridgeLines(room).map(({ line }) => line));
    return packetsSeen(room).filter(
      ({ line, direction, packet }) =>
        lines.has(line) &&
        direction === way &&
        packet.kind === 'PUBLISH' &&
        topic.test(packet.topic),
    );
  };

  it.each([
    ['two bridges, each for all', 'topic # both', 'topic # both', 2],
    ['two bridges at QoS 2', 'topic # both 2', 'topic # both 2', 2],
    ['two that send', 'topic x out', 'topic x out', 0],
    ['a prefix more with each round', 'topic # out 0 "" up/', 'topic # out 0 "" down/', 0],
  ])('is stopped and named: %s', async (_name, house, cloud, subscriptions) => {
    const room = await roomOf(bridge('cloud', house), bridge('house', cloud));
    // The first broker finds the other not there yet.
    await untilSeen(room, () => bridgeLines(room).length >= 2);
    if (subscriptions > 0) await isBridged(room, subscriptions);
    const home = await join(room, 'home');
    await home.deliver('x', 'round', 1);
    const limit = await untilSeen(room, () => entriesOf(room, 'limit')[0]);
    expect(limit).toMatchObject({ limit: 'bridgeHops', value: most, effect: 'closed' });
    expect(bridgeLines(room).map(({ line }) => line)).toContain(limit.line);
    const closed = await untilSeen(room, () =>
      entriesOf(room, 'line-closed').find(({ line }) => line === limit.line),
    );
    expect(closed.by).toBe('limit');
    for (const text of logs(room, 'error')) expect(text).toMatch(/a message went round in a loop/);
    const crossed = [...published(room, /x$/), ...published(room, /x$/, 'to-client')];
    expect(crossed.length).toBeGreaterThanOrEqual(most);
    // Two ways round, at most.
    expect(crossed.length).toBeLessThanOrEqual(2 * most + 2);
    // That way is closed, and stays so.
    await home.deliver('x', 'again', 1);
    await home.ping();
    expect(published(room, /x$/).length).toBeLessThanOrEqual(crossed.length + 2);
    expect(bridgeLines(room).at(-1)!.n).toBeLessThan(limit.n);
  });

  it('is stopped if a bridge leads to its own broker', async () => {
    const room = await roomOf(bridge('localhost', 'topic x out', 'self'), null);
    await untilSeen(room, () => bridgeLines(room).length > 0);
    const home = await join(room, 'home');
    await home.deliver('x', 'round', 0);
    const limit = await untilSeen(room, () => entriesOf(room, 'limit')[0]);
    expect(limit).toMatchObject({ limit: 'bridgeHops', effect: 'closed' });
  });

  it('is not what many equal messages are', async () => {
    const room = await roomOf(bridge('cloud', 'topic # both 1'));
    await isBridged(room);
    const far = await join(room, 'far', 'cloud');
    await far.subscribe('x', 1);
    const home = await join(room, 'home');
    for (let count = 0; count < 3 * most; count += 1) {
      await home.deliver('x', 'again', 1);
      await far.deliver('x', 'again', 1);
    }
    expect(entriesOf(room, 'limit')).toEqual([]);
    expect(published(room, /^x$/)).toHaveLength(3 * most);
  });
});

/** Stop, kill, power cut, start: what clients see, what the trace says, and what is left. */
import { afterEach, describe, expect, it } from 'vitest';
import { createBroker } from '../engine/builtin/index.ts';
import type { BrokerDeed } from '../protocol/process.ts';
import type { BrokerFiles, Exercise } from '../protocol/exercise.ts';
import { limitValues } from '../shared/config.ts';
import { roomClient } from '../testing/room-client.ts';
import { entriesOf, packetsSeen, untilSeen } from '../testing/seen.ts';
import { Room } from './room.ts';

const open = 'listener 1883\nallow_anonymous true\n';
const saving = `${open}persistence true\npersistence_location /var/lib/mosquitto/\n`;
const rooms: Room[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close('stopping');
});

async function roomWith(conf = saving, exercise?: Exercise): Promise<Room> {
  const files: BrokerFiles = { 'mosquitto.conf': conf };
  const room = new Room({
    code: 'process',
    engine: createBroker,
    mosquitto: '2.0.11',
    ...(exercise && { exercise }),
  });
  rooms.push(room);
  await room.reset(files);
  return room;
}

/** A client that acknowledges, as a complete one does. */
async function join(room: Room, id: string, options: object = {}, version = 4) {
  const client = roomClient(room, {}, version);
  client.acknowledges = true;
  const connack = await client.connect(id, options);
  return Object.assign(client, { present: connack.sessionPresent });
}

/** `kept` is away with a subscription, a queued message and one in flight; `note` is retained. */
async function fill(room: Room) {
  const kept = await join(room, 'kept', { clean: false });
  kept.acknowledges = false;
  await kept.subscribe('in/#', 1);
  const sender = await join(room, 'sender');
  await sender.deliver('in/one', 'flies', 1);
  await kept.next('publish');
  kept.terminate();
  await untilSeen(room, () => entriesOf(room, 'line-closed').length > 0);
  await sender.deliver('in/two', 'waits', 1);
  await sender.deliver('note', 'stays', 1, { retain: true });
  return sender;
}
const process = (room: Room) => room.state.process?.state;
const lastDeed = (room: Room) => entriesOf(room, 'broker').at(-1);
const nothing = { retained: 0, sessions: 0, subscriptions: 0, queued: 0, inflight: 0 };
const all = { retained: 1, sessions: 1, subscriptions: 1, queued: 1, inflight: 1 };

async function afterwards(room: Room) {
  const reader = await join(room, 'reader');
  await reader.subscribe('note', 1);
  await reader.ping();
  const kept = await join(room, 'kept', { clean: false });
  await kept.ping();
  const got = kept.taken('publish').map(({ payload, dup }) => `${payload}${dup ? ' again' : ''}`);
  return { retained: reader.texts(), present: kept.present, got };
}

describe('a broker with persistence', () => {
  it('saves all when it is stopped, and has it again when it starts', async () => {
    const room = await roomWith();
    const sender = await fill(room);
    await room.operate('stop');
    await sender.ended();
    expect(process(room)).toBe('stopped');
    expect(room.state).toMatchObject({ clients: [], retained: [], listeners: [] });
    expect(lastDeed(room)).toMatchObject({ what: 'stopped', file: all, lost: nothing });
    expect(entriesOf(room, 'line-closed').at(-1)).toMatchObject({ by: 'broker' });
    const texts = entriesOf(room, 'log').map(({ text }) => text);
    expect(texts.slice(-2)).toEqual([
      'mosquitto version 2.0.11 terminating',
      'Saving in-memory database to /var/lib/mosquitto//mosquitto.db.',
    ]);
    await room.operate('start');
    expect(process(room)).toBe('running');
    expect(lastDeed(room)).toMatchObject({ what: 'started', file: all });
    expect(await afterwards(room)).toEqual({
      retained: ['stays'],
      present: true,
      got: ['flies again', 'waits'],
    });
  });

  it.each(['kill', 'cut-power'] as const)('loses what it has not saved: %s', async (deed) => {
    const room = await roomWith();
    await fill(room);
    await room.operate(deed);
    expect(lastDeed(room)).toMatchObject({ lost: all });
    expect(lastDeed(room)?.file).toBeUndefined();
    await room.operate('start');
    expect(await afterwards(room)).toEqual({ retained: [], present: false, got: [] });
  });

  it('has what it saved last after it is killed', async () => {
    const room = await roomWith(`${saving}autosave_on_changes true\nautosave_interval 1\n`);
    await fill(room);
    expect(entriesOf(room, 'broker').every(({ what }) => what === 'saved')).toBe(true);
    await room.operate('kill');
    expect(lastDeed(room)).toMatchObject({ what: 'killed', file: all, lost: nothing });
    await room.operate('start');
    expect((await afterwards(room)).retained).toEqual(['stays']);
  });

  it('does not save a session that began clean, whatever its expiry: nor does Mosquitto', async () => {
    const room = await roomWith();
    const properties = { sessionExpiryInterval: 600 };
    const five = await join(room, 'five', { clean: true, properties }, 5);
    await five.subscribe('a', 1);
    await room.operate('restart');
    expect(entriesOf(room, 'broker')[0]).toMatchObject({
      what: 'stopped',
      file: nothing,
      lost: { ...nothing, sessions: 1, subscriptions: 1 },
    });
    const again = await join(room, 'five', { clean: false, properties }, 5);
    expect(again.present).toBe(false);
  });

  it('publishes the wills when it is stopped, and not when it is killed', async () => {
    const room = await roomWith();
    const will = { topic: 'will', payload: Buffer.from('gone'), qos: 1, retain: true };
    await join(room, 'willing', { will });
    await room.operate('kill');
    expect(lastDeed(room)).toMatchObject({ lost: nothing });
    await room.operate('start');
    await join(room, 'willing', { will });
    await room.operate('stop');
    expect(lastDeed(room)).toMatchObject({ file: { ...nothing, retained: 1 } });
  });

  it('says why it can’t write its file, and ends all the same', async () => {
    const room = await roomWith(`${open}persistence true\npersistence_location /nowhere\n`);
    await fill(room);
    await room.operate('stop');
    expect(entriesOf(room, 'log').at(-1)).toMatchObject({
      level: 'error',
      text: 'Error: No such file or directory.',
    });
    expect(lastDeed(room)).toMatchObject({ what: 'stopped', lost: all });
  });
});

it('a broker without persistence starts empty', async () => {
  const room = await roomWith(open);
  await fill(room);
  await room.operate('restart');
  expect(entriesOf(room, 'broker').map(({ what }) => what)).toEqual(['stopped', 'started']);
  expect(entriesOf(room, 'broker')[0]).toMatchObject({ lost: all });
  expect(await afterwards(room)).toEqual({ retained: [], present: false, got: [] });
});

describe('without power', () => {
  it('no client hears of the end, until it speaks to a machine that knows nothing of it', async () => {
    const room = await roomWith();
    const client = await join(room, 'client');
    await room.operate('cut-power');
    expect(process(room)).toBe('off');
    expect(client.closed).toBe(false);
    client.publish('a', 'into the void');
    await untilSeen(room, () => packetsSeen(room).some(({ fate }) => fate === 'dropped'));
    expect(client.closed).toBe(false);
    await room.operate('start');
    await client.ended();
    expect(entriesOf(room, 'line-closed').at(-1)).toMatchObject({ by: 'reset' });
  });

  it('a silent client is reset when it speaks', async () => {
    const room = await roomWith();
    const client = await join(room, 'client');
    await room.operate('cut-power');
    await room.operate('start');
    expect(client.closed).toBe(false);
    client.send({ cmd: 'pingreq' });
    await client.ended();
    expect(entriesOf(room, 'line-closed').at(-1)).toMatchObject({ by: 'reset' });
  });
});

it('what is sent to a machine without power counts as packets, too', async () => {
  const room = await roomWith();
  const client = await join(room, 'client');
  await room.operate('cut-power');
  const { packetsBurst } = limitValues();
  for (let sent = 0; sent < 3 * packetsBurst; sent++) client.send({ cmd: 'pingreq' });
  await untilSeen(room, () => entriesOf(room, 'limit').length > 0);
  expect(entriesOf(room, 'limit')[0]).toMatchObject({
    limit: 'packetsPerSecond',
    effect: 'paused',
  });
  const dropped = packetsSeen(room).filter(({ fate }) => fate === 'dropped');
  expect(dropped.length).toBeGreaterThan(0);
  expect(dropped.length).toBeLessThan(2 * packetsBurst);
});

describe('systemd', () => {
  it('starts a killed broker again, and not a stopped one', async () => {
    const room = await roomWith();
    await room.operate('kill');
    expect(process(room)).toBe('killed');
    await untilSeen(room, () => lastDeed(room)?.what === 'started');
    await room.operate('stop');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(process(room)).toBe('stopped');
  });

  it('gives up after five starts in ten seconds', async () => {
    const room = await roomWith();
    const restart = () => room.operate('restart');
    for (let i = 0; i < 4; i++) await restart();
    await expect(restart()).rejects.toMatchObject({ code: 'started-too-often' });
    expect(process(room)).toBe('failed');
    expect(lastDeed(room)).toMatchObject({ what: 'failed' });
    await room.reset();
    expect(process(room)).toBe('running');
  });

  it('reads the files that are there when it starts', async () => {
    const room = await roomWith();
    const bad: BrokerFiles = { 'mosquitto.conf': 'nonsense\n' };
    await expect(room.operate('restart', bad)).rejects.toMatchObject({ code: 'bad-files' });
    expect(process(room)).toBe('failed');
    const good: BrokerFiles = { 'mosquitto.conf': `listener 1884\nallow_anonymous true\n` };
    await room.operate('start', good);
    expect(room.state.listeners).toMatchObject([{ port: 1884 }]);
  });
});

it('nothing is left of a disk after a reset', async () => {
  const room = await roomWith();
  await fill(room);
  await room.operate('stop');
  await room.reset({ 'mosquitto.conf': saving });
  expect(room.state.retained).toEqual([]);
  expect(room.state.process?.file).toEqual({ path: '/var/lib/mosquitto//mosquitto.db' });
});

it('deeds and resets come one after the other, in any order', async () => {
  const room = await roomWith();
  const deeds: BrokerDeed[] = ['stop', 'start', 'cut-power', 'kill', 'start', 'stop'];
  await Promise.all([...deeds.map((deed) => room.operate(deed)), room.reset()]);
  expect(process(room)).toBe('running');
});

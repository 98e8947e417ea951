/** What one packet may be, and what one line may do. */
import { once } from 'node:events';
import { expect } from 'vitest';
import { entriesOf, packetsSeen, untilSeen } from '../seen.ts';
import type { MqttClient } from '../mqtt-client.ts';
import { versions, type Arena, type LimitCase, type LimitCases } from './arena.ts';

/** 5.0 clients receive DISCONNECT with the reason code; 3.1.1 has no such packet. */
async function expectReason(client: MqttClient, reasonCode: number): Promise<void> {
  if (client.version === 5) expect(await client.next('disconnect')).toMatchObject({ reasonCode });
  await client.ended();
}

/** A packet that no client may send: for both versions, over a fresh line each. */
const refused = (
  limits: LimitCase['limits'],
  reasonCode: number,
  send: (client: MqttClient) => void,
): LimitCase => ({
  limits,
  async hit(arena) {
    const [limit] = Object.keys(limits) as [keyof typeof limits];
    for (const version of versions) {
      const client = await arena.joined(`v${version}`, version);
      send(client);
      await expectReason(client, reasonCode);
    }
    await arena.noted(limit);
    const noted = entriesOf(arena.room, 'limit').filter((entry) => entry.limit === limit);
    expect(noted).toMatchObject(
      versions.map(() => ({ limit, value: limits[limit], effect: 'closed' })),
    );
  },
});

/** Everything arrives, only later. */
const paused = (limits: LimitCase['limits'], count: number, bytes: number): LimitCase => ({
  limits,
  async hit(arena) {
    const listener = arena.inside(4, { role: 'actor' });
    await listener.connect('listener');
    await listener.subscribe('t');
    const fast = await arena.joined('fast');
    for (let i = 0; i < count; i++) fast.publish('t', Buffer.alloc(bytes, 120));
    for (let i = 0; i < count; i++) await listener.next('publish');
    const [limit] = Object.keys(limits) as [keyof typeof limits];
    await arena.noted(limit);
    expect(fast.closed).toBe(false);
  },
});

/** A subscriber on a memory line that has stopped to read. */
async function deafListener(arena: Arena, qos: 0 | 1): Promise<MqttClient> {
  const deaf = arena.inside(5);
  await deaf.connect('deaf');
  await deaf.subscribe('t', qos);
  deaf.stream.pause();
  return deaf;
}

export const packetCases: LimitCases = {
  packetBytes: refused({ packetBytes: 1000 }, 0x95, (client) =>
    client.publish('t', 'x'.repeat(2000)),
  ),
  topicBytes: refused({ topicBytes: 20 }, 0x90, (client) => client.publish('主'.repeat(7), 'x')),
  topicLevels: refused({ topicLevels: 4 }, 0x90, (client) => client.publish('a/b/c/d/e', 'x')),
  filtersPerSubscribe: refused({ filtersPerSubscribe: 3 }, 0x97, (client) =>
    client.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: ['a', 'b', 'c', 'd'].map((topic) => ({ topic, qos: 0 })),
    }),
  ),
  connectBytes: {
    limits: { connectBytes: 300 },
    async hit(arena) {
      for (const version of versions) {
        const client = await arena.web(version);
        const connect = { protocolId: 'MQTT', protocolVersion: version, clientId: 'c' };
        client.send({ cmd: 'connect', ...connect, clean: true, keepalive: 0, username: 'u'.repeat(400) }); // prettier-ignore
        if (version === 5) expect(await client.next('connack')).toMatchObject({ reasonCode: 0x95 });
        await client.ended();
      }
      await arena.noted('connectBytes');
      const large = arena.tcp(5);
      const token = { username: arena.address, password: Buffer.alloc(400) };
      large.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: 'c', clean: true, keepalive: 0, ...token }); // prettier-ignore
      expect(await large.next('connack')).toMatchObject({ reasonCode: 0x95 });
      await large.ended();
      const stranger = arena.tcp();
      stranger.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'c', clean: true, keepalive: 0, username: 'u'.repeat(400) }); // prettier-ignore
      await stranger.ended();
    },
  },
  clientIdBytes: {
    limits: { clientIdBytes: 10 },
    async hit(arena) {
      const refusals = [{ returnCode: 2 }, { reasonCode: 0x85 }];
      for (const [i, version] of versions.entries()) {
        const client = arena.tcp(version);
        const options = { username: arena.address };
        expect(await client.connect('eleven-byte', options)).toMatchObject(refusals[i]!);
        await client.ended();
      }
      await arena.noted('clientIdBytes');
    },
  },
  connectMs: {
    limits: { connectMs: 80 },
    async hit(arena) {
      const [silent, web] = [arena.tcp(), await arena.web()];
      await Promise.all([silent.ended(), web.ended(), arena.noted('connectMs')]);
      expect([...silent.got, ...web.got]).toEqual([]);
    },
  },
  packetsPerSecond: paused({ packetsPerSecond: 300, packetsBurst: 300 }, 400, 1),
  bytesPerSecond: paused({ bytesPerSecond: 200_000, bytesBurst: 50_000 }, 25, 5000),
  packetsBurst: {
    limits: { packetsBurst: 250, packetsPerSecond: 1000 },
    async hit(arena) {
      const fast = await arena.joined('fast');
      // CONNECT, PINGREQ and these: the burst, to the last one.
      for (let i = 0; i < 248; i++) fast.publish('t', 'x');
      await fast.ping();
      expect(entriesOf(arena.room, 'limit')).toEqual([]);
      for (let i = 0; i < 600; i++) fast.publish('t', 'x');
      await arena.noted('packetsPerSecond');
      await fast.ping();
    },
  },
  bytesBurst: {
    limits: { bytesBurst: 120_000, bytesPerSecond: 100_000, packetsBurst: 1000 },
    async hit(arena) {
      const fast = await arena.joined('fast');
      for (let i = 0; i < 10; i++) fast.publish('t', Buffer.alloc(10_000));
      await fast.ping();
      expect(entriesOf(arena.room, 'limit')).toEqual([]);
      for (let i = 0; i < 12; i++) fast.publish('t', Buffer.alloc(10_000));
      await arena.noted('bytesPerSecond');
      await fast.ping();
    },
  },
  unsentBytes: {
    limits: { unsentBytes: 50_000 },
    async hit(arena) {
      const deaf = await deafListener(arena, 0);
      const publisher = await arena.joined('publisher');
      for (let i = 0; i < 200; i++) publisher.publish('t', Buffer.alloc(2000));
      await publisher.ping();
      await arena.noted('unsentBytes');
      const dropped = packetsSeen(arena.room).filter(({ fate }) => fate === 'dropped');
      expect(dropped.length).toBeGreaterThan(50);
      // QoS 0 lost, nothing else: it reads again, and is served again.
      deaf.stream.resume();
      await deaf.ping();
      publisher.publish('t', 'again');
      for (;;) if (String((await deaf.next('publish')).payload) === 'again') break;
    },
  },
  unsentMs: {
    limits: { unsentMs: 80, unsentBytes: 20_000 },
    async hit(arena) {
      const deaf = await deafListener(arena, 1);
      const publisher = await arena.joined('publisher');
      for (let i = 1; i <= 20; i++)
        publisher.publish('t', Buffer.alloc(10_000), { qos: 1, messageId: i });
      await arena.noted('unsentMs');
      await arena.closedByLimit();
      expect(publisher.closed).toBe(false);
      deaf.stream.destroy();
    },
  },
  heldBytes: {
    limits: { heldBytes: 10_000 },
    async hit(arena) {
      const sensor = await arena.joined('sensor', 5);
      arena.room.setConditions({ client: 'sensor', frozen: true });
      for (let i = 0; i < 12; i++) sensor.publish('t', Buffer.alloc(1000));
      await expectReason(sensor, 0x97);
      await arena.noted('heldBytes');
    },
  },
  frozenMs: {
    limits: { frozenMs: 80 },
    async hit(arena) {
      const sensor = await arena.joined('sensor');
      arena.room.setConditions({ client: 'sensor', frozen: true });
      sensor.stream.destroy();
      await once(sensor.stream as never, 'close');
      await arena.noted('frozenMs');
      await arena.closedByLimit();
      await untilSeen(arena.room, () => arena.room.state.clients.length === 0);
    },
  },
  retainedPerSecond: {
    limits: { retainedPerSecond: 1 },
    async hit(arena) {
      const keeper = await arena.joined('keeper', 5);
      for (let n = 1; n <= 5; n++) {
        keeper.publish(`k/${n}`, 'x', { retain: true, qos: 1, messageId: n });
        await keeper.next('puback');
      }
      for (const version of versions) {
        const client = await arena.joined(`v${version}`, version);
        for (let n = 0; n < 10; n++) await client.subscribe('k/#');
        keeper.publish('k/end', 'x');
        let got = 0;
        while ((await client.next('publish')).topic !== 'k/end') got++;
        // Each look for them counts, too; a slow machine may earn one or two meanwhile.
        expect(got).toBeGreaterThan(14);
        expect(got).toBeLessThan(25);
      }
      await arena.noted('retainedPerSecond');
    },
  },
  subscriptionsPerClient: {
    limits: { subscriptionsPerClient: 2 },
    async hit(arena) {
      for (const version of versions) {
        const client = await arena.joined(`v${version}`, version);
        for (const topic of ['a', 'b'])
          expect((await client.subscribe(topic)).granted).toEqual([0]);
        const { granted } = await client.subscribe('c');
        expect(granted).toEqual([version === 5 ? 0x97 : 0x80]);
        // One that it has already may change.
        expect((await client.subscribe('a', 1)).granted).toEqual([1]);
        // Nor may it take back more than it can have.
        client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['a', 'b', 'c'] });
        await expectReason(client, 0x97);
      }
      await arena.noted('subscriptionsPerClient');
    },
  },
};

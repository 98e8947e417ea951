/** What one room may hold. */
import { once } from 'node:events';
import { expect } from 'vitest';
import type { FaultRule } from '../../protocol/faults.ts';
import { entriesOf, untilSeen } from '../seen.ts';
import type { MqttClient } from '../mqtt-client.ts';
import { versions, type Arena, type LimitCase, type LimitCases } from './arena.ts';

const persistent = { clean: false };

/** Comes, subscribes at QoS 1, and goes; its session stays. */
async function leaveSession({ room }: Arena, client: MqttClient, id: string): Promise<void> {
  await client.subscribe('t', 1);
  client.send({ cmd: 'disconnect' });
  await client.ended();
  await expect
    .poll(() => room.state.clients.find(({ clientId }) => clientId === id)?.connected ?? false)
    .toBe(false);
}

const retained = (limits: LimitCase['limits'], good: number, bytes: number): LimitCase => ({
  limits,
  async hit(arena) {
    const [limit] = Object.keys(limits) as [keyof typeof limits];
    const four = await arena.joined('four');
    const five = await arena.joined('five', 5);
    const keep = (client: MqttClient, n: number) =>
      client.publish(`k/${n}`, Buffer.alloc(bytes), { retain: true, qos: 1, messageId: n });
    for (let n = 1; n <= good; n++) {
      keep(five, n);
      await five.next('puback');
    }
    keep(five, good + 1);
    expect(await five.next('puback')).toMatchObject({ reasonCode: 0x97 });
    keep(four, good + 1);
    await four.ended();
    // Only 5.0 can say no: the line of the other is closed.
    const noted = entriesOf(arena.room, 'limit').map(({ limit: name, effect }) => [name, effect]);
    expect(noted).toEqual([
      [limit, 'refused'],
      [limit, 'closed'],
    ]);
    expect(arena.room.state.retained).toHaveLength(good);
    // Clearing one makes place for another.
    five.publish('k/1', '', { retain: true, qos: 1, messageId: 900 });
    await five.next('puback');
    keep(five, good + 1);
    const { reasonCode } = await five.next('puback');
    expect(reasonCode === 0 || reasonCode === 0x10).toBe(true);
  },
});

const queued = (limits: LimitCase['limits'], bytes: number): LimitCase => ({
  limits,
  async hit(arena) {
    const away = await arena.joined('away', 4, persistent);
    await leaveSession(arena, away, 'away');
    const publisher = await arena.joined('publisher');
    for (let id = 1; id <= 6; id++) {
      publisher.publish('t', Buffer.alloc(bytes, 48 + id), { qos: 1, messageId: id });
      await publisher.next('puback');
    }
    await arena.noted(Object.keys(limits)[0] as keyof typeof limits);
    const back = arena.tcp();
    await back.connect('away', { ...persistent, username: arena.address });
    await back.ping();
    expect(back.texts().map((text) => text[0])).toEqual(['1', '2', '3']);
  },
});

const rule: FaultRule = { direction: 'to-broker', kind: 'PUBLISH', action: { do: 'drop' } };

export const roomCases: LimitCases = {
  linesPerRoom: {
    limits: { linesPerRoom: 2 },
    async hit(arena) {
      await Promise.all([arena.joined('a'), arena.joined('b')]);
      const refusals = [{ returnCode: 3 }, { reasonCode: 0x97 }];
      for (const [i, version] of versions.entries()) {
        for (const client of [arena.tcp(version), await arena.web(version)]) {
          expect(await client.connect('c', { username: arena.address })).toMatchObject(
            refusals[i]!,
          );
          await client.ended();
        }
      }
      expect(entriesOf(arena.room, 'line-refused')).toHaveLength(4);
    },
  },
  linesPerClassRoom: {
    limits: { linesPerClassRoom: 3, linesPerRoom: 2 },
    async hit(arena) {
      const open = arena.running.rooms.openRoom('class');
      await open.ready();
      for (const id of ['a', 'b', 'c']) {
        expect(await arena.tcp().connect(id)).toMatchObject({ returnCode: 0 });
      }
      expect(await arena.tcp().connect('d')).toMatchObject({ returnCode: 3 });
      expect(entriesOf(open, 'line-refused')).toMatchObject([{ refusal: 'full' }]);
    },
  },
  bridgeHops: {
    limits: { bridgeHops: 3 },
    async hit(arena) {
      const conf = 'listener 1883\nallow_anonymous true\n';
      const self = 'connection self\naddress localhost:1883\ntopic x out\n';
      await arena.room.reset({ 'mosquitto.conf': conf + self });
      const client = await arena.joined('a');
      await untilSeen(arena.room, () =>
        arena.room.state.clients.some(({ clientId }) => clientId === 'house.self'),
      );
      client.publish('x', 'round');
      await arena.noted('bridgeHops');
    },
  },
  retainedTopics: retained({ retainedTopics: 5 }, 5, 10),
  retainedBytes: retained({ retainedBytes: 3500 }, 3, 1000),
  offlineSessions: {
    limits: { offlineSessions: 2 },
    async hit(arena) {
      for (const id of ['a', 'b', 'c'])
        await leaveSession(arena, await arena.joined(id, 4, persistent), id);
      await arena.noted('offlineSessions');
      expect(arena.room.state.clients.map(({ clientId }) => clientId)).toEqual(['b', 'c']);
    },
  },
  offlineSessionMs: {
    limits: { offlineSessionMs: 500 },
    async hit(arena) {
      await leaveSession(arena, await arena.joined('a', 4, persistent), 'a');
      expect(arena.room.state.clients).toHaveLength(1);
      // Checked when a client connects or closes.
      const left = async (): Promise<unknown> => {
        const other = await arena.joined('other');
        other.send({ cmd: 'disconnect' });
        await other.ended();
        return arena.room.state.clients.filter(({ clientId }) => clientId === 'a');
      };
      await expect.poll(left, { timeout: 10_000 }).toEqual([]);
      const back = arena.tcp();
      const connack = await back.connect('a', { ...persistent, username: arena.address });
      expect(connack.sessionPresent).toBe(false);
    },
  },
  queuedMessages: queued({ queuedMessages: 3 }, 100),
  queuedBytes: queued({ queuedBytes: 3500 }, 1000),
  sessionMessages: {
    limits: { sessionMessages: 3 },
    async hit(arena) {
      const silent = await arena.joined('silent');
      await silent.subscribe('t', 1);
      const publisher = await arena.joined('publisher');
      for (let id = 1; id <= 8; id++) {
        publisher.publish('t', `${id}`, { qos: 1, messageId: id });
        await publisher.next('puback');
      }
      await silent.ping();
      expect(silent.texts()).toEqual(['1', '2', '3']);
      const held = arena.room.state.clients.find(({ clientId }) => clientId === 'silent');
      expect(held).toMatchObject({ queued: 3, inflight: [{}, {}, {}] });
    },
  },
  armedFaults: {
    limits: { armedFaults: 3 },
    async hit(arena) {
      const viewer = arena.viewer();
      await viewer.next('welcome');
      const ask = async (request: object) => {
        viewer.socket.send(JSON.stringify(request));
        return viewer.next('done', 'failed');
      };
      expect(await ask({ type: 'arm', id: 1, rules: [rule, rule, rule] })).toMatchObject({ id: 1, type: 'done' }); // prettier-ignore
      expect(await ask({ type: 'arm', id: 2, rules: [rule] })).toMatchObject({
        id: 2,
        type: 'failed',
        error: 'too-many-faults',
      });
      const publisher = await arena.joined('publisher');
      for (let i = 0; i < 3; i++) publisher.publish('t', 'x');
      await publisher.ping();
      // Those that have struck make place.
      expect(await ask({ type: 'arm', id: 3, rules: [rule] })).toMatchObject({
        id: 3,
        type: 'done',
      });
    },
  },
  watchersPerRoom: {
    limits: { watchersPerRoom: 2 },
    async hit(arena) {
      const viewers = [arena.viewer(), arena.viewer()];
      await Promise.all(viewers.map((viewer) => viewer.next('welcome')));
      const closed = Promise.race(
        viewers.map(({ socket }) => once(socket, 'close') as Promise<[number, Buffer]>),
      );
      const newest = arena.viewer();
      await newest.next('welcome');
      const [code, reason] = await closed;
      expect([code, String(reason)]).toEqual([4000, 'replaced']);
      expect(viewers.filter(({ socket }) => socket.readyState === 1)).toHaveLength(1);
    },
  },
  traceEntries: {
    limits: { traceEntries: 50 },
    async hit(arena) {
      const publisher = await arena.joined('publisher');
      for (let i = 0; i < 100; i++) publisher.publish('t', 'x');
      await publisher.ping();
      const { trace } = arena.room;
      expect(trace.all()).toHaveLength(50);
      expect(await arena.viewer().next('welcome')).toMatchObject({ missing: trace.first - 1 });
    },
  },
  traceBytes: {
    limits: { traceBytes: 20_000 },
    async hit(arena) {
      const publisher = await arena.joined('publisher');
      for (let i = 0; i < 100; i++) publisher.publish('t', Buffer.alloc(1000));
      await publisher.ping();
      const { trace } = arena.room;
      const bytes = trace.all().reduce((sum, e) => sum + ('bytes' in e ? e.bytes.length : 0), 0);
      expect(bytes).toBeLessThanOrEqual(20_000);
      expect(bytes).toBeGreaterThan(10_000);
      expect(await arena.viewer().next('welcome')).toMatchObject({ missing: trace.first - 1 });
    },
  },
  traceBytesInAll: {
    limits: { traceBytesInAll: 300_000 },
    async hit(arena) {
      const publisher = await arena.joined('publisher');
      for (let i = 0; i < 100; i++) publisher.publish('t', Buffer.alloc(10_000));
      await publisher.ping();
      const { trace } = arena.room;
      expect(trace.bytes).toBeLessThanOrEqual(300_000);
      expect(trace.bytes).toBeGreaterThan(150_000);
      expect(await arena.viewer().next('welcome')).toMatchObject({ missing: trace.first - 1 });
    },
  },
};

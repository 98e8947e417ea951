/** What the server may hold, and what one network address may ask of it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'vitest';
import { openFilesLimit } from '../../server/admission/open-files.ts';
import { refusal, versions, wanted, type Arena, type LimitCases } from './arena.ts';

const wrong = 'brave-otter-0000000000';

/** Writes raw HTTP and returns everything that the server sends until it closes. */
async function http({ running }: Arena, ...texts: string[]): Promise<string> {
  const socket = connect(running.port, '127.0.0.1');
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  for (const text of texts) socket.write(text);
  await once(socket, 'close');
  return answer;
}

export const serverCases: LimitCases = {
  lines: {
    limits: { lines: 4 },
    async hit(arena) {
      // One is the neighbour's.
      const clients = [];
      for (const id of ['a', 'b', 'c']) clients.push(await arena.joined(id));
      const refusals = [{ returnCode: 3 }, { reasonCode: 0x97 }];
      for (const [i, version] of versions.entries()) {
        for (const client of [arena.tcp(version), await arena.web(version)])
          expect(await client.connect('d', { username: arena.address })).toMatchObject(
            refusals[i]!,
          );
      }
      clients[0]!.stream.destroy();
      await expect
        .poll(async () => (await arena.tcp().connect('e', { username: arena.address })).returnCode)
        .toBe(0);
      // Another address has no place yet: the line that was silent longest is closed for it.
      const other = arena.tcp(4, '127.0.0.77');
      expect(await other.connect('f', { username: arena.address })).toMatchObject({
        returnCode: 0,
      });
      await arena.noted('lines');
      await arena.closedByLimit();
      expect(clients[1]!.closed).toBe(true);
    },
  },
  connectionsPerAddress: {
    // One is the neighbour's.
    limits: { connectionsPerAddress: 3 },
    async hit(arena) {
      const clients = [await arena.joined('a'), await arena.joined('b')];
      const refusals = [{ returnCode: 3 }, { reasonCode: 0x97 }];
      for (const [i, version] of versions.entries()) {
        for (const client of [arena.tcp(version), await arena.web(version)])
          expect(await client.connect('c', { username: arena.address })).toMatchObject(
            refusals[i]!,
          );
      }
      const refused = arena.socket(arena.watchPath, []);
      const [, response] = (await once(refused, 'unexpected-response')) as [unknown, { statusCode: number }]; // prettier-ignore
      expect(response.statusCode).toBe(503);
      // Another address has places of its own.
      const other = arena.tcp(4, '127.0.0.77');
      expect(await other.connect('d', { username: arena.address })).toMatchObject({
        returnCode: 0,
      });
      // A viewer takes a place as a line does.
      clients[0]!.stream.destroy();
      await expect.poll(() => arena.room.state.clients.map((each) => each.clientId)).not.toContain('a'); // prettier-ignore
      await arena.viewer().next('welcome');
      expect(await arena.tcp().connect('e', { username: arena.address })).toMatchObject(
        refusals[0]!,
      );
    },
  },
  pendingConnectsPerAddress: {
    limits: { pendingConnectsPerAddress: 3 },
    async hit(arena) {
      const silent = [arena.tcp(), arena.tcp(), arena.tcp()];
      await Promise.all(silent.map(({ stream }) => once(stream as never, 'connect')));
      // Connections that come at once are accepted in any order.
      const closed = () => silent.filter((client) => client.closed).length;
      // The next connection is accepted, and one of the old is closed; over WebSocket, too.
      const username = arena.address;
      expect(await arena.tcp().connect('a', { username })).toMatchObject({ returnCode: 0 });
      await expect.poll(closed).toBe(1);
      const next = arena.tcp();
      await once(next.stream as never, 'connect');
      const web = await arena.web(4, wrong);
      await expect.poll(closed).toBe(2);
      expect([next, web].map((client) => client.closed)).toEqual([false, false]);
      expect(await next.connect('b', { username })).toMatchObject({ returnCode: 0 });
    },
  },
  spareFiles: {
    // Two sockets are left; one is the neighbour's.
    limits: { spareFiles: openFilesLimit() - 2 },
    async hit(arena) {
      const client = await arena.joined('a');
      for (const port of [arena.running.port, arena.running.mqttPort]) {
        const refused = connect(port, '127.0.0.1').on('error', () => {});
        refused.resume();
        await once(refused, 'close');
      }
      client.stream.destroy();
      await expect.poll(() => arena.post(wanted).then(({ status }) => status, () => 0)).toBe(200); // prettier-ignore
    },
  },
  roomsPerMinute: {
    limits: { roomsPerMinute: 3 },
    async hit(arena) {
      for (let i = 0; i < 3; i++) expect((await arena.post(wanted)).status).toBe(200);
      expect(await refusal(await arena.post(wanted))).toEqual([429, 'too-many-requests']);
    },
  },
  wrongRoomAddresses: {
    limits: { wrongRoomAddresses: 3, wrongRoomAddressesMs: 60_000 },
    async hit(arena) {
      const before = await arena.joined('before');
      await arena.viewer().next('welcome');
      for (const client of [arena.tcp(), await arena.web(4, wrong), arena.tcp()])
        expect(await client.connect('c', { username: wrong })).toMatchObject({ returnCode: 5 });
      // From now on silence.
      for (const client of [arena.tcp(), await arena.web(4, wrong)]) {
        await expect(client.connect('c', { username: wrong })).rejects.toThrow('closed');
        expect(client.got).toEqual([]);
      }
      const watch = arena.socket('/watch/' + wrong, []);
      expect(await once(watch, 'error').then(([error]) => String(error))).toContain('hang up');
      // A right key is still accepted, and rooms can still be made.
      const username = arena.address;
      expect(await arena.tcp().connect('d', { username })).toMatchObject({ returnCode: 0 });
      expect(await (await arena.web()).connect('e')).toMatchObject({ returnCode: 0 });
      await arena.viewer().next('welcome');
      const made = (await (await arena.post(wanted)).json()) as { address: string };
      expect(await arena.tcp().connect('f', { username: made.address })).toMatchObject({ returnCode: 0 }); // prettier-ignore
      // A room that this address has not used is not found; from another address it is.
      const { address: other } = await arena.running.rooms.create('test/other');
      await expect(arena.tcp().connect('g', { username: other })).rejects.toThrow('closed');
      const elsewhere = arena.tcp(4, '127.0.0.77');
      expect(await elsewhere.connect('g', { username: other })).toMatchObject({ returnCode: 0 });
      await before.ping();
    },
  },
  wrongRoomAddressesMs: {
    limits: { wrongRoomAddresses: 1, wrongRoomAddressesMs: 400 },
    async hit(arena) {
      const returnCode = async (): Promise<number> => {
        const client = arena.tcp();
        return client.connect('c', { username: wrong }).then(
          ({ returnCode }) => returnCode,
          () => -1,
        );
      };
      const before = performance.now();
      expect(await returnCode()).toBe(5);
      expect(await returnCode()).toBe(-1);
      await expect.poll(returnCode, { timeout: 10_000 }).toBe(5);
      expect(performance.now() - before).toBeGreaterThan(390);
    },
  },
  headerBytes: {
    limits: { headerBytes: 2000 },
    async hit(arena) {
      const answer = await http(
        arena,
        `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(3000)}\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    },
  },
  headersMs: {
    limits: { headersMs: 100 },
    async hit(arena) {
      expect(await http(arena, 'GET / HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
    },
  },
  requestMs: {
    limits: { requestMs: 150, headersMs: 100 },
    async hit(arena) {
      const head = 'POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{';
      expect(await http(arena, head)).toMatch(/^HTTP\/1\.1 408 /);
    },
  },
  responseMs: {
    limits: { responseMs: 100 },
    async hit({ running }) {
      const socket = connect(running.port, '127.0.0.1').pause();
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {});
      // More than all buffers on the way hold.
      socket.write('GET /big.js HTTP/1.1\r\nHost: localhost\r\n\r\n');
      // A client that does not read notices the end when it writes.
      const write = setInterval(() => socket.write('\r\n'), 300);
      await closed;
      clearInterval(write);
    },
  },
  httpPerAddress: {
    limits: { httpPerAddress: 2 },
    async hit({ running }) {
      const open = async () => {
        const socket = connect(running.port, '127.0.0.1');
        socket.on('error', () => {});
        // Accepted, and idle again: several sockets listen, in no order.
        socket.write('GET /api/none HTTP/1.1\r\nHost: x\r\n\r\n');
        await once(socket, 'data');
        return socket.resume();
      };
      const [oldest, next] = [await open(), await open()];
      const newest = await open();
      if (!oldest.closed) await once(oldest, 'close');
      expect([next.closed, newest.closed]).toEqual([false, false]);
      for (const socket of [next, newest]) socket.destroy();
    },
  },
  requestsAhead: {
    limits: { requestsAhead: 2 },
    async hit(arena) {
      const get = 'GET /api/none HTTP/1.1\r\nHost: x\r\n\r\n';
      // In one piece: all of them are there before the first is answered.
      const answers = (await http(arena, get.repeat(50))).match(/HTTP\/1\.1 404 /g) ?? [];
      expect(answers.length).toBeLessThanOrEqual(3);
    },
  },
  requestBytes: {
    limits: { requestBytes: 100 },
    async hit(arena) {
      const body = JSON.stringify({ exercise: 'x'.repeat(200) });
      expect(await refusal(await arena.post(body))).toEqual([400, 'bad-request']);
    },
  },
  watchBytes: {
    limits: { watchBytes: 1000, packetBytes: 400 },
    async hit(arena) {
      const viewer = arena.viewer();
      await viewer.next('welcome');
      const closed = once(viewer.socket, 'close') as Promise<[number]>;
      viewer.socket.send(
        JSON.stringify({ type: 'reset', id: 1, files: { acl: 'x'.repeat(2000) } }),
      );
      expect((await closed)[0]).toBe(1009);
    },
  },
};

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  connect as connectTcp,
  createServer as createTcpServer,
  type AddressInfo,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { connect, createServer } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { certificates } from '../tls/certificates.ts';
import { FairLoop } from './fair-loop.ts';
import { handshakeInTurn } from './handshakes.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The socket, whose writes leave as one byte and the rest. */
function inPieces(raw: Socket): Duplex {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      raw.write(chunk.subarray(0, 1), () => raw.write(chunk.subarray(1), () => done()));
    },
  });
  raw.on('data', (chunk) => stream.push(chunk));
  return stream;
}

async function serve(patienceMs = 60_000, accepted: (socket: Socket) => void = () => {}) {
  const data = await mkdtemp(join(tmpdir(), 'retained-handshakes-'));
  ends.push(() => rm(data, { recursive: true }));
  const { cert, key } = await certificates(data, ['localhost']);
  const secure = createServer({ cert, key }, (socket) => socket.pipe(socket));
  secure.on('tlsClientError', (_error, socket) => socket.destroy());
  const turns = new FairLoop(3).turnsOf('10.0.0.1', 'tls');
  /** How many began in each turn of the event loop that had any. */
  const perTurn: number[] = [];
  let isNew = true;
  const begun = (): void => {
    if (isNew) {
      perTurn.push(0);
      setImmediate(() => (isNew = true));
    }
    isNew = false;
    perTurn.push(perTurn.pop()! + 1);
  };
  const server = createTcpServer((socket) => {
    accepted(socket);
    handshakeInTurn(socket, turns, patienceMs, (ready) => {
      begun();
      secure.emit('connection', ready);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, perTurn };
}

test('a hundred at once are done a few in a turn of the loop, and all are done', async () => {
  const { port, perTurn } = await serve();
  await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
      ends.push(() => socket.destroy());
      await once(socket, 'secureConnect');
      socket.write(`${n}`);
      expect(String((await once(socket, 'data'))[0])).toBe(`${n}`);
    }),
  );
  expect(perTurn.reduce((sum, count) => sum + count, 0)).toBe(100);
  // Two turns of 3 ms with handshakes of 1.5 ms may fall between two timers of the test.
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(6);
});

test('the first bytes may come one by one', async () => {
  const { port } = await serve();
  const raw = connectTcp(port, '127.0.0.1').setNoDelay();
  await once(raw, 'connect');
  const socket = connect({ socket: inPieces(raw), rejectUnauthorized: false });
  ends.push(() => socket.destroy());
  await once(socket, 'secureConnect');
  socket.write('here');
  expect(String((await once(socket, 'data'))[0])).toBe('here');
});

test('who says nothing is closed, who leaves is forgotten', async () => {
  const { port, perTurn } = await serve(20);
  const silent = connectTcp(port, '127.0.0.1');
  silent.resume();
  await once(silent, 'close');
  expect(perTurn).toEqual([]);
});

test('a client that resets before its handshake ends nothing but itself', async () => {
  const accepted = Promise.withResolvers<Socket>();
  const { port, perTurn } = await serve(60_000, accepted.resolve);
  const client = connectTcp(port, '127.0.0.1').on('error', () => {});
  const socket = await accepted.promise;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  client.resetAndDestroy();
  // An error that nobody listens to would end the process, and fails this run.
  await closed;
  expect(perTurn).toEqual([]);
});

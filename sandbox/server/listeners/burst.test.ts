/** Many clients of one address at once: a class behind a NAT, boards after a power cut. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { Arena } from '../../testing/limit-cases/arena.ts';
import { start } from '../main.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('200 that are slow to say CONNECT are all let in', async () => {
  const arena = await Arena.open({ linesPerRoom: 300 });
  ends.push(() => arena.close());
  const clients = Array.from({ length: 200 }, () => arena.tcp());
  await Promise.all(clients.map(({ stream }) => once(stream as never, 'connect')));
  // The server accepts in their order: it has all of them.
  await arena.joined('last');
  const answers = clients.map((client, n) =>
    client.connect(`c${n}`, { username: arena.address }).then(
      ({ returnCode }) => returnCode,
      () => 'cut',
    ),
  );
  expect(new Set(await Promise.all(answers))).toEqual(new Set([0]));
});

test('40 TLS handshakes that have only begun are no leak of listeners', async () => {
  const data = await mkdtemp(join(tmpdir(), 'retained-burst-'));
  ends.push(() => rm(data, { recursive: true }));
  const warned: string[] = [];
  const warn = ({ name }: Error): void => void warned.push(name);
  process.on('warning', warn);
  ends.push(() => process.off('warning', warn));
  const running = await start({
    exercises: { get: () => Promise.resolve(null) },
    site: data,
    data,
    ...{ host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
  });
  ends.push(() => running.stop());
  for (let n = 0; n < 40; n++) {
    const socket = connectTcp(running.tlsPort!, '127.0.0.1').on('error', () => {});
    ends.push(() => socket.destroy());
    await once(socket, 'connect');
  }
  // It is accepted after all of them.
  const last = connect({ port: running.tlsPort!, rejectUnauthorized: false });
  ends.push(() => last.destroy());
  await once(last, 'secureConnect');
  expect(warned).not.toContain('MaxListenersExceededWarning');
});

test('an HTTPS handshake that never ends is closed as headers that never come are', async () => {
  const data = await mkdtemp(join(tmpdir(), 'retained-burst-'));
  ends.push(() => rm(data, { recursive: true }));
  const options = {
    exercises: { get: () => Promise.resolve(null) },
    site: data,
    data,
    ...{ host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
  };
  await (await start(options)).stop();
  const [cert, key] = ['server.crt', 'server.key'].map((file) => join(data, 'tls', file));
  const certificate = { cert: cert!, key: key! };
  const running = await start({ ...options, certificate, limits: { headersMs: 200 } });
  ends.push(() => running.stop());
  const silent = connectTcp(running.port, '127.0.0.1').on('error', () => {});
  ends.push(() => silent.destroy());
  const before = performance.now();
  silent.resume();
  await once(silent, 'close');
  expect(performance.now() - before).toBeLessThan(3000);
});

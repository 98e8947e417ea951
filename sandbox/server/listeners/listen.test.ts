import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttp, get } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../../testing/differential/free-ports.ts';
import { listen } from './listen.ts';

/** How many sockets of this machine listen on a port; from Linux' own table. */
const listening = (port: number): number =>
  readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && Number(`0x${local!.split(':')[1]}`) === port)
    .length;

test('every connection reaches the server, whichever socket accepted it', async () => {
  const server = createHttp((_request, response) => void response.end('here'));
  const port = await freePort();
  const stop = await listen(server, port, '127.0.0.1');
  if (process.platform === 'linux') expect(listening(port)).toBe(24);
  const texts = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const request = get({ port, host: '127.0.0.1', agent: false });
      const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
      let text = '';
      for await (const chunk of response) text += String(chunk);
      return text;
    }),
  );
  expect(texts).toEqual(Array(100).fill('here'));
  stop();
  server.closeAllConnections();
  await once(server, 'close');
  const refused = connect(port, '127.0.0.1');
  await expect(once(refused, 'connect')).rejects.toThrow('ECONNREFUSED');
});

test('a port that somebody has is taken, also by a server that shares its own', async () => {
  const port = await freePort();
  const stopFirst = await listen(createServer(), port, '127.0.0.1');
  await expect(listen(createServer(), port, '127.0.0.1')).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  stopFirst();
});

test('a free port is not shared: two servers could be given the same', async () => {
  const server = createServer();
  const stop = await listen(server, 0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  if (process.platform === 'linux') expect(listening(port)).toBe(1);
  stop();
});

import { once } from 'node:events';
import { createServer as createHttp, get } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from './listen.ts';

test('every connection reaches the server, whichever socket accepted it', async () => {
  const server = createHttp((_request, response) => void response.end('here'));
  const stop = await listen(server, 0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
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
  const first = createServer();
  const stopFirst = await listen(first, 0, '127.0.0.1');
  const { port } = first.address() as AddressInfo;
  await expect(listen(createServer(), port, '127.0.0.1')).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  stopFirst();
});

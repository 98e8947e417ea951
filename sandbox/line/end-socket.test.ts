import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { endThenDestroy, lingerBytes } from './end-socket.ts';

test('who goes on talking reads the last words; of what it says little is read', async () => {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [ended] = (await once(server, 'connection')) as [Socket];
  const closed = once(ended, 'close');
  ended.on('error', () => {});
  client.on('error', () => {});
  const heard: string[] = [];
  client.on('data', (bytes: Buffer) => heard.push(String(bytes)));
  const chunk = Buffer.alloc(65_536);
  const pour = (): void => {
    while (client.writable && client.write(chunk));
  };
  client.on('drain', pour);
  pour();
  endThenDestroy(ended, 'last words');
  await closed;
  expect(heard.join('')).toBe('last words');
  expect(ended.bytesRead).toBeGreaterThanOrEqual(lingerBytes);
  // What the socket had read ahead comes on top.
  expect(ended.bytesRead).toBeLessThan(lingerBytes + 4 * 65_536);
  client.destroy();
  server.close();
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { wsBinaryFrame } from './ws-frame.ts';

let server: Server;
let client: WebSocket;
let write: (bytes: Uint8Array) => void;

beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [, request] = await once(sockets, 'connection');
  write = (bytes) => request.socket.write(bytes);
  if (client.readyState !== 1) await once(client, 'open');
});
afterAll(() => {
  client.terminate();
  server.close();
});

// Where the length takes one, three and nine bytes.
test.each([0, 1, 125, 126, 65_535, 65_536, 300_000])(
  'a client reads a message of %i bytes as it was written, and the one behind it',
  async (length) => {
    const payload = Uint8Array.from({ length }, (_, i) => i % 251);
    const got: Buffer[] = [];
    const both = new Promise<void>((resolve) => {
      const take = (data: Buffer, isBinary: boolean): void => {
        expect(isBinary).toBe(true);
        if (got.push(data) < 2) return;
        client.off('message', take);
        resolve();
      };
      client.on('message', take);
    });
    write(Buffer.concat([wsBinaryFrame(payload), wsBinaryFrame(Uint8Array.of(7))]));
    await both;
    expect(Buffer.compare(got[0]!, payload)).toBe(0);
    expect([...got[1]!]).toEqual([7]);
  },
);

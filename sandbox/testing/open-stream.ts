/** For tests: a connection as a byte stream, over TCP, TLS or a WebSocket. */
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'readable-stream';
import { WebSocket } from 'ws';
import { WebSocketStream } from '../server/listeners/ws-stream.ts';

export interface TlsOptions {
  ca: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

export interface Reach {
  port: number;
  /** 127.0.0.1 if absent. */
  host?: string;
  /** MQTT on the socket itself if absent. */
  protocol?: 'mqtt' | 'websockets';
  tls?: TlsOptions;
}

/** Rejects if no connection comes about. */
export async function openStream(reach: Reach): Promise<Duplex> {
  const { port, protocol, tls, host = '127.0.0.1' } = reach;
  if (protocol === 'websockets') {
    const socket = new WebSocket(`${tls ? 'wss' : 'ws'}://${host}:${port}/`, 'mqtt', tls);
    await once(socket, 'open');
    return new WebSocketStream(socket);
  }
  const socket = tls
    ? connectTls({ port, host, ...tls, checkServerIdentity: () => undefined })
    : connectTcp({ port, host });
  socket.setNoDelay(true);
  await once(socket, tls ? 'secureConnect' : 'connect');
  return socket as unknown as Duplex;
}

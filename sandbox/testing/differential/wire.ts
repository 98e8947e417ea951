/** A connection as bytes: over TCP, TLS or a WebSocket. */
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';

export interface TlsOptions {
  ca: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

export interface Reach {
  port: number;
  protocol: 'mqtt' | 'websockets';
  tls?: TlsOptions;
}

/** A byte stream that either kind of connection is. */
export interface Wire {
  send(bytes: Uint8Array): void;
  destroy(): void;
}

/** `refused` where no connection comes about. */
export function openWire(
  { port, protocol, tls }: Reach,
  data: (bytes: Uint8Array) => void,
  closed: () => void,
): Promise<Wire | 'refused'> {
  return new Promise((resolve) => {
    if (protocol === 'websockets') {
      const socket = new WebSocket(`${tls ? 'wss' : 'ws'}://127.0.0.1:${port}/`, 'mqtt', {
        ...(tls ?? {}),
      });
      socket.on('message', (bytes: Buffer) => data(bytes));
      socket.on('open', () =>
        resolve({ send: (bytes) => socket.send(bytes), destroy: () => socket.terminate() }),
      );
      socket.on('error', () => resolve('refused'));
      socket.on('close', () => {
        resolve('refused');
        closed();
      });
      return;
    }
    const socket: Socket = tls
      ? connectTls({ port, host: '127.0.0.1', ...tls, checkServerIdentity: () => undefined })
      : connectTcp(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.on('data', data);
    socket.once(tls ? 'secureConnect' : 'connect', () =>
      resolve({ send: (bytes) => socket.write(bytes), destroy: () => socket.destroy() }),
    );
    socket.on('error', () => resolve('refused'));
    socket.on('close', () => {
      resolve('refused');
      closed();
    });
  });
}

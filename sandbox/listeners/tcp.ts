/** MQTT over TCP. A taken port falls to the next free one: a Mosquitto may have 1883. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Duplex } from 'readable-stream';
import { admit, type Door } from './admit.ts';

export interface TcpListener {
  port: number;
  close(): Promise<void>;
}

/** How many ports above the wanted one are tried. */
const tries = 20;

export async function listenTcp(
  door: Door,
  options: { port: number; host: string },
): Promise<TcpListener> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer({ noDelay: true, pauseOnConnect: false }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const remote = socket.remoteAddress ?? '';
    void admit(door, socket as unknown as Duplex, { transport: 'tcp', remote });
  });
  await listenFrom(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function listenFrom(server: Server, { port, host }: { port: number; host: string }) {
  for (let at = port; ; at++) {
    try {
      await listen(server, at, host);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const next = (code === 'EADDRINUSE' || code === 'EACCES') && port !== 0 && at < port + tries;
      if (!next) throw error;
    }
  }
}

export function listen(
  server: Pick<Server, 'listen' | 'once' | 'off'>,
  port: number,
  host: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

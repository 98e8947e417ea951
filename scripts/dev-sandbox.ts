/** The sandbox's parts without an HTTP server of their own; loaded anew after each edit. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { defaults } from '../sandbox/config.ts';
import { headersFor } from '../sandbox/headers.ts';
import { apiHandler, type Handler } from '../sandbox/http.ts';
import { listenTcp } from '../sandbox/listeners/tcp.ts';
import { listenWebSocket } from '../sandbox/listeners/ws.ts';
import { makeDoor } from '../sandbox/main.ts';
import type { Exercise } from '../sandbox/protocol.ts';
import { Rooms } from '../sandbox/rooms.ts';
import { root } from './build.ts';
import { exercisesIn } from './exercises.ts';

export interface LoadedSandbox {
  mqttPort: number;
  api: Handler;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The headers that a learner's program is held by; pages have Vite's own scripts in them. */
  headers(url: string, response: ServerResponse): void;
  close(): Promise<void>;
}

export async function loadSandbox(options: {
  load: (path: string) => Promise<{ default: Exercise }>;
  mqttPort?: number;
}): Promise<LoadedSandbox> {
  const rooms = new Rooms(exercisesIn(join(root, 'lessons'), options.load));
  const door = makeDoor(rooms);
  const webSockets = listenWebSocket(door);
  const port = options.mqttPort ?? defaults.mqttPort;
  const tcp = await listenTcp(door, { port, host: '127.0.0.1' });
  return {
    mqttPort: tcp.port,
    api: apiHandler({ rooms, tcpPort: () => tcp.port, tlsPort: () => null }),
    upgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    headers(url, response) {
      const path = url.split('?')[0]!;
      if (!path.startsWith('/vendor/')) return;
      for (const [name, value] of Object.entries(headersFor(path))) response.setHeader(name, value);
    },
    async close() {
      await rooms.close();
      webSockets.close();
      await tcp.close();
    },
  };
}

/** The sandbox's parts without an HTTP server of their own; loaded again after each edit. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { defaults } from '../sandbox/shared/config.ts';
import { siteHandler } from '../sandbox/server/site-handler.ts';
import { apiHandler, type Handler } from '../sandbox/server/api.ts';
import { listenTcp } from '../sandbox/server/listeners/tcp.ts';
import { listenWebSocket } from '../sandbox/server/listeners/ws.ts';
import { makeListenerContext } from '../sandbox/server/listener-context.ts';
import type { Exercise } from '../sandbox/protocol/exercise.ts';
import { createBroker } from '../sandbox/engine/builtin/index.ts';
import { Rooms } from '../sandbox/rooms/rooms.ts';
import { root } from './build.ts';
import { exercisesIn } from './exercises.ts';

export interface LoadedSandbox {
  mqttPort: number;
  api: Handler;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The built vendor files with their headers, which hold a learner's program; not for Vite. */
  vendor: Handler;
  close(): Promise<void>;
}

export async function loadSandbox(options: {
  load: (path: string) => Promise<{ default: Exercise }>;
  mqttPort?: number;
}): Promise<LoadedSandbox> {
  const rooms = new Rooms(exercisesIn(join(root, 'lessons'), options.load), {
    engine: createBroker,
  });
  const context = makeListenerContext(rooms);
  const webSockets = listenWebSocket(context);
  const port = options.mqttPort ?? defaults.mqttPort;
  const tcp = await listenTcp(context, { port, host: '127.0.0.1' });
  return {
    mqttPort: tcp.port,
    api: apiHandler({ context, tcpPort: () => tcp.port, tlsPort: () => null }),
    upgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    vendor: siteHandler(join(root, 'public')),
    async close() {
      await rooms.close();
      webSockets.close();
      await tcp.close();
    },
  };
}

/** Configuration → start → stop. */
import { defaults, type LimitValues } from './config.ts';
import { apiHandler, listenHttp, siteHandler } from './http.ts';
import type { Door } from './listeners/admit.ts';
import { listenTcp } from './listeners/tcp.ts';
import { WrongKeys } from './listeners/wrong-keys.ts';
import { listenWebSocket } from './listeners/ws.ts';
import { Rooms, type ExerciseSource } from './rooms.ts';

export interface StartOptions {
  exercises: ExerciseSource;
  /** Folder of the built site. */
  site: string;
  host?: string;
  port?: number;
  mqttPort?: number;
  /** Folder for what outlives a restart. */
  data?: string;
  /** A code: TCP clients without a user name get into this one room. Off by default. */
  openRoom?: string;
  limits?: Partial<LimitValues>;
}
export interface Running {
  rooms: Rooms;
  port: number;
  /** Differs from the wanted one where that was taken. */
  mqttPort: number;
  stop(): Promise<void>;
}

/** The HTTP port is taken or not allowed; says which flag changes it. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/** What every listener needs to find a room. */
export function makeDoor(rooms: Rooms): Door {
  const { wrongKeys, wrongKeysMs } = rooms.limits;
  return { rooms, wrongKeys: new WrongKeys(wrongKeys, wrongKeysMs), halfOpen: new Map() };
}

export async function start(options: StartOptions): Promise<Running> {
  const { host = defaults.host, port = defaults.port, mqttPort = defaults.mqttPort } = options;
  const rooms = new Rooms(options.exercises, options.limits ? { limits: options.limits } : {});
  if (options.openRoom) await rooms.openRoom(options.openRoom).ready();
  const door = makeDoor(rooms);
  const webSockets = listenWebSocket(door);
  let tcpPort: number | null = null;
  const api = apiHandler({ rooms, tcpPort: () => tcpPort, tlsPort: () => null });
  const http = await listenHttp([api, siteHandler(options.site)], webSockets, { port, host }).catch(
    (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EACCES' ? 'may not be used by this user' : 'is taken';
      throw new PortError(`Port ${port} ${why}. Choose another one: npm start -- --port <number>`, {
        cause: error,
      });
    },
  );
  const tcp = await listenTcp(door, { port: mqttPort, host });
  tcpPort = tcp.port;
  return {
    rooms,
    port: http.port,
    mqttPort: tcp.port,
    async stop() {
      await rooms.close();
      webSockets.close();
      await Promise.all([http.close(), tcp.close()]);
    },
  };
}

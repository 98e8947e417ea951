/** Configuration → start → stop. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaults, type LimitValues } from '../shared/config.ts';
import { authorityHandler, listenHttp, siteHandler } from './http.ts';
import { apiHandler } from './api.ts';
import type { ListenerContext } from './admission/admit.ts';
import { certificates, type Certificates } from './tls/certificates.ts';
import { PendingConnects } from './admission/pending-connects.ts';
import { machineNames } from './tls/machine-names.ts';
import { ConnectionQuota } from './admission/connection-quota.ts';
import { listenTcp, listenTls } from './listeners/tcp.ts';
import { FailedLookups } from './admission/failed-lookups.ts';
import { listenWebSocket } from './listeners/ws.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { brokerVersion } from './version.ts';
import { Rooms, type ExerciseSource } from '../rooms/rooms.ts';

export interface StartOptions {
  exercises: ExerciseSource;
  /** Folder of the built site. */
  site: string;
  host?: string;
  port?: number;
  mqttPort?: number;
  /** MQTT over TLS; the next free port where it is taken. */
  tlsPort?: number;
  /** Folder for what outlives a restart: the certificate authority. Without one there is no TLS. */
  data?: string;
  /** Files of the host's own certificate: then pages and WebSockets are served over TLS, too. */
  certificate?: { cert: string; key: string };
  /** A code: TCP clients without a user name get into this one room. Off by default. */
  openRoom?: string;
  limits?: Partial<LimitValues>;
}
export interface Running {
  rooms: Rooms;
  port: number;
  /** Differs from the wanted one where that was taken. */
  mqttPort: number;
  /** Null without a data folder and a certificate. */
  tlsPort: number | null;
  /** Whether pages are served by https. */
  secure: boolean;
  stop(): Promise<void>;
}

/** The HTTP port is taken or not allowed; says which flag changes it. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/** What every listener needs to find a room. */
export function makeListenerContext(rooms: Rooms): ListenerContext {
  const { wrongKeys, wrongKeysMs, halfOpenPerAddress, lines, connectionsPerAddress } = rooms.limits;
  return {
    rooms,
    wrongKeys: new FailedLookups(wrongKeys, wrongKeysMs),
    halfOpen: new PendingConnects(halfOpenPerAddress),
    lines: new ConnectionQuota(lines),
    connections: new ConnectionQuota(connectionsPerAddress),
  };
}

async function certificatesOf({ certificate, data }: StartOptions): Promise<Certificates | null> {
  if (!certificate) return data ? certificates(join(data, 'tls'), machineNames()) : null;
  const [cert, key] = await Promise.all(
    [certificate.cert, certificate.key].map((file) => readFile(file, 'utf8')),
  );
  return { ca: null, cert: cert!, key: key! };
}

function whyNot({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine. Choose another one: npm start -- --host <address>`;
  const why = code === 'EACCES' ? 'may not be used by this user' : 'is taken';
  return `Port ${port} ${why}. Choose another one: npm start -- --port <number>`;
}

export async function start(options: StartOptions): Promise<Running> {
  const { host = defaults.host, port = defaults.port, mqttPort = defaults.mqttPort } = options;
  const tls = await certificatesOf(options);
  const rooms = new Rooms(options.exercises, {
    engine: createBroker,
    brokerVersion,
    ...(options.limits && { limits: options.limits }),
  });
  if (options.openRoom) await rooms.openRoom(options.openRoom).ready();
  const door = makeListenerContext(rooms);
  const webSockets = listenWebSocket(door);
  const ports: { tcp: number | null; tls: number | null } = { tcp: null, tls: null };
  const handlers = [
    apiHandler({ door, tcpPort: () => ports.tcp, tlsPort: () => ports.tls }),
    authorityHandler(tls?.ca ?? null),
    siteHandler(options.site),
  ];
  const http = await listenHttp(door, handlers, webSockets, {
    port,
    host,
    tls: options.certificate ? tls : null,
  }).catch((cause: NodeJS.ErrnoException) => {
    throw new PortError(whyNot(cause, host, port), { cause });
  });
  const tcpListener = await listenTcp(door, { port: mqttPort, host });
  const tlsListener =
    tls && (await listenTls(door, tls, { port: options.tlsPort ?? defaults.tlsPort, host }));
  ports.tcp = tcpListener.port;
  ports.tls = tlsListener?.port ?? null;
  return {
    rooms,
    port: http.port,
    mqttPort: tcpListener.port,
    tlsPort: ports.tls,
    secure: options.certificate !== undefined,
    async stop() {
      await rooms.close();
      webSockets.close();
      await Promise.all([http.close(), tcpListener.close(), tlsListener?.close()]);
    },
  };
}

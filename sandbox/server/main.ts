/** The sandbox's server: starts and stops all listeners. */
import { defaults, type LimitValues } from '../shared/config.ts';
import { authorityHandler, listenHttp } from './http.ts';
import { siteHandler, slicesInTurn } from './site-handler.ts';
import { apiHandler } from './api.ts';
import { belowBase } from './below-base.ts';
import { certificatesOf } from './tls/certificates-of.ts';
import type { ProxiedPort } from './listeners/proxied.ts';
import { listenTcp, listenTls } from './listeners/tcp.ts';
import { openClassroom } from './classroom/open.ts';
import { teacherPages } from './classroom/teacher-pages.ts';
import { healthHandler } from './operations/health.ts';
import { Metrics } from './operations/metrics.ts';
import { listenMetrics, metricsHandler } from './operations/metrics-server.ts';
import { openControl } from './operations/own-control.ts';
import { movedPort, portOr, type MovedPort } from './ports.ts';
import { useNativeArgon2 } from './native-argon2.ts';
import { listenWebSocket } from './listeners/ws.ts';
import type { EngineFactory } from '../engine/broker.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { refuseFewFiles } from './admission/open-files.ts';
import type { MosquittoVersion } from '../protocol/mosquitto.ts';
import { Rooms, type ExerciseSource } from '../rooms/rooms.ts';
import { makeListenerContext, type ContextOptions } from './listener-context.ts';

export interface StartOptions extends ContextOptions {
  exercises: ExerciseSource;
  /** Makes a room's broker; the built-in engine by default. */
  engine?: EngineFactory;
  /** Folder of the built site. */
  site: string;
  host?: string;
  port?: number;
  mqttPort?: number;
  /** Port of MQTT over TLS; if it is taken, the next free one. */
  tlsPort?: number;
  /**
   * Folder of what is kept over a restart: the certificate authority, classes. Without one there is
   * neither TLS nor a class.
   */
  data?: string;
  /** The address of PostgreSQL for classes; the data folder has them without one. It may have a password in it. */
  database?: string;
  /** How many days a class without a sign of anybody is kept; 180 by default. */
  keepClasses?: number;
  /** Files of the host's own certificate: then pages and WebSockets are served over TLS, too. */
  certificate?: { cert: string; key: string };
  /** The code of the room that TCP clients without an address enter. Off by default. */
  openRoom?: string;
  /**
   * The number of this process, from 1 to 99, where a proxy has several of one course behind it: it ends the code of
   * each room, and the proxy reads it there. Without a database the first has the classes; with one, who has its lock.
   */
  process?: number;
  /** The ports of MQTT that clients use, where a proxy listens for them; else those of this server. */
  publicMqttPort?: number;
  publicTlsPort?: number;
  /** Ports where these proxies begin each connection with the PROXY protocol's header. */
  proxied?: readonly ProxiedPort[];
  /** A port of this machine alone for `/metrics`, without a key. */
  metricsPort?: number;
  limits?: Partial<LimitValues>;
  /** Which Mosquitto rooms are where an exercise does not choose. */
  mosquitto?: MosquittoVersion;
}
export interface RunningServer {
  rooms: Rooms;
  port: number;
  /** Differs from the requested port if that is in `moved`. */
  mqttPort: number;
  /** Null without a data folder and a certificate. */
  tlsPort: number | null;
  /** For programs of this machine that read `/metrics` without a key; null without one. */
  metricsPort: number | null;
  /** Ports that could not be used; the next free one is used. */
  moved: MovedPort[];
  /** Whether pages are served by https. */
  secure: boolean;
  /** For the teacher's link; null if the server has no classes. */
  teacherSecret: string | null;
  /** Why it has none; empty without a data folder. */
  whyNoClasses: string;
  stop(): Promise<void>;
}

/** Starts everything or nothing: a failure stops what was started before. */
export async function start(options: StartOptions): Promise<RunningServer> {
  const opened: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0)) await close();
  };
  try {
    return { ...(await open(options, opened)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(
  options: StartOptions,
  opened: (() => unknown)[],
): Promise<Omit<RunningServer, 'stop'>> {
  const { host = defaults.host, port = defaults.port, mqttPort = defaults.mqttPort } = options;
  useNativeArgon2();
  refuseFewFiles();
  const tls = await certificatesOf(options);
  const rooms = new Rooms(options.exercises, {
    engine: options.engine ?? createBroker,
    ...(options.limits && { limits: options.limits }),
    ...(options.mosquitto && { mosquitto: options.mosquitto }),
    ...(options.process !== undefined && { process: options.process }),
  });
  opened.push(() => rooms.close());
  if (options.openRoom) await rooms.openRoom(options.openRoom).ready();
  const context = makeListenerContext(rooms, options);
  opened.unshift(() => void (context.operation.stopping = true));
  opened.push(() => context.memory.close());
  opened.push(() => context.responses.close());
  const { base = '/' } = options;
  const secure = options.certificate !== undefined;
  let served = port;
  let mqttPorts: { tcpPort: number | null; tlsPort: number | null } = { tcpPort: null, tlsPort: null }; // prettier-ignore
  const classes = await openClassroom({
    ...{ context, secure, exercises: options.exercises, data: options.data },
    direct: () => ({ port: served, base }),
    ports: () => mqttPorts,
    ...{ days: options.keepClasses, process: options.process, database: options.database },
  });
  opened.push(() => classes.close());
  const webSockets = listenWebSocket(context, classes.sockets);
  opened.push(() => webSockets.close());
  const proxied = (port: ProxiedPort) => options.proxied?.includes(port) ?? false;
  const fixed = options.process !== undefined;
  const tcpAt = { port: mqttPort, host, fixed, proxied: proxied('mqtt') };
  const tcpListener = await portOr(listenTcp(context, tcpAt), '--mqtt-port', tcpAt);
  opened.push(() => tcpListener.close());
  const tlsAt = { port: options.tlsPort ?? defaults.tlsPort, host, fixed, proxied: proxied('tls') };
  const tlsListener = tls && (await portOr(listenTls(context, tls, tlsAt), '--tls-port', tlsAt));
  opened.push(() => tlsListener?.close());
  const tlsPort = tlsListener?.port ?? null;
  const { publicMqttPort = tcpListener.port, publicTlsPort = tlsPort } = options;
  mqttPorts = { tcpPort: publicMqttPort, tlsPort: publicTlsPort };
  const metrics = new Metrics({ context, classes: classes.counts });
  opened.push(() => metrics.close());
  const handlers = [
    healthHandler(base, classes.holds),
    belowBase(context.site),
    metricsHandler(metrics, () => classes.secret),
    ...classes.handlers,
    apiHandler({ context, tcpPort: () => publicMqttPort, tlsPort: () => publicTlsPort }),
    authorityHandler(tls?.ca ?? null),
    ...teacherPages({ site: options.site, context, isTeacher: classes.isTeacher }),
    siteHandler(options.site, { site: context.site, turnOf: slicesInTurn(context) }),
  ];
  const httpAt = { port, host, tls: options.certificate ? tls : null, proxied: proxied('http') };
  // HTTP is last: a page is served only if everything that it needs has started.
  const http = await portOr(listenHttp(context, handlers, webSockets, httpAt), '--port', httpAt);
  served = http.port;
  opened.push(() => http.close());
  const ports = { port: http.port, mqttPort: tcpListener.port, tlsPort };
  const about = () => ({ pid: process.pid, host, secure, base, ...ports });
  const metricsAt = { port: options.metricsPort ?? 0, host: '127.0.0.1' };
  const own = options.metricsPort === undefined ? null : await portOr(listenMetrics(metrics, metricsAt.port), '--metrics-port', metricsAt); // prettier-ignore
  opened.push(() => own?.close());
  opened.push(await openControl(options.data, classes, about));
  return {
    rooms,
    ...ports,
    metricsPort: own?.port ?? null,
    moved: [
      ...movedPort('--mqtt-port', mqttPort, tcpListener),
      ...movedPort('--tls-port', tlsAt.port, tlsListener),
    ],
    secure,
    teacherSecret: classes.secret,
    whyNoClasses: classes.why,
  };
}

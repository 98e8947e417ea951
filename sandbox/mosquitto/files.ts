/**
 * Broker files → the settings of a room: listeners, authentication, access to topics, limits, and
 * the log of Mosquitto at its start.
 */
import { dollarRule } from './auth/acl.ts';
import { listenerOf, reach, type Listener, type ListenerRefusal, type ClientTarget } from './listeners.ts'; // prettier-ignore
import { factsOf, type Facts } from './conf/changes.ts';
import type { BridgeDraft } from './conf/parse-state.ts';
import { parseConf } from './conf/parse.ts';
import { fileReader } from './conf/file-modes.ts';
import { configDirectory, type ConfigFiles, type LogLine, type ConfigProblem } from './conf/problem.ts'; // prettier-ignore
import type { BrokerConf, ListenerConf, PersistenceConf } from './conf/settings.ts';
import { begin, farewell } from './begin.ts';
import { openListeners } from './start.ts';
import { openSecurities, type Security, type Starting } from './security.ts';
import { PasswordQueue } from './auth/password-queue.ts';
import type { FileModes } from '../protocol/exercise.ts';
import type { MqttVersion, QoS } from '../protocol/mqtt.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';
export type { Listener, Origin, ListenerRefusal, ClientTarget } from './listeners.ts';

export interface ClientIdentity {
  clientId: string;
  userName?: string;
  /** Port of the listener it came by. Absent: the first. */
  port?: number;
}
export interface NamedClient extends ClientIdentity {
  /** Of a TLS client's certificate: its common name and its whole subject (RFC 2253). */
  certificate?: { commonName: string; subject: string };
}
export interface ConnectingClient extends NamedClient {
  password?: Uint8Array;
  version: MqttVersion;
  /** Seconds, as in CONNECT. */
  keepAlive: number;
  /** True once the client no longer waits for the response. */
  gone?: () => boolean;
}

/** Return code of CONNACK (3.1.1, section 3.2.2.3), for 5.0 too; 1: the protocol version. */
export type Admission = 0 | 1 | 2 | 4 | 5;

export interface ConfiguredBroker {
  container?: string;
  /** What Mosquitto it is. */
  facts: Facts;
  /** False: an error; no client can connect, and `problems` has the reason. */
  started: boolean;
  problems: ConfigProblem[];
  /** All that Mosquitto would have logged at its start, log_type and log_dest obeyed. */
  log: LogLine[];
  listeners: Listener[];
  /** The listener for a line, or why there is none. `lines`: the number of lines that it has. */
  reach(target: ClientTarget, lines?: (port: number) => number): Listener | ListenerRefusal;
  /** The user name that applies, the certificate's or CONNECT's, and the identifier. */
  named(client: NamedClient): ClientIdentity;
  /** Whether an empty client id is refused, with return code 2 (allow_zero_length_clientid). */
  needsClientId(port?: number): boolean;
  /** A promise if a password has to be checked. */
  authenticate(client: ConnectingClient): Admission | Promise<Admission>;
  /** The will's topic as well, at the time it is sent. */
  authorizePublish(client: ClientIdentity, topic: string): boolean;
  /** Called for each message: 2.0.11 grants every subscription and withholds the messages. */
  authorizeDeliver(client: ClientIdentity, topic: string): boolean;
  /** Of the listener at this port; absent: the first's. */
  maxQoSOf(port?: number): QoS;
  retainAvailable: boolean;
  /** Seconds that a session outlives its connection; 0: no limit. */
  maxSessionExpiry: number;
  persistence?: PersistenceConf;
  bridges: readonly BridgeDraft[];
  /** 0: no limit, here and below. */
  maxInflight: number;
  maxQueued: number;
  /** Seconds; only for 5.0 (Server Keep Alive); 65,535 is sent only if the client asks for none. */
  maxKeepAlive: number;
  /** Bytes of a whole packet, as in the CONNACK of 5.0. */
  maxPacketSize: number;
  /** Bytes of a payload: a larger one is acknowledged and dropped (5.0: DISCONNECT 0x95). */
  messageSizeLimit: number;
  /** Whether the room logs connects and disconnects, and lines of which level. */
  connectionMessages: boolean;
  logs(level: LogLine['level']): boolean;
}

/** With no `mosquitto.conf` among them, the broker starts as without a configuration file. */
export function readBrokerFiles(
  files: ConfigFiles,
  version: MosquittoVersion = usualMosquitto,
  modes?: FileModes,
): ConfiguredBroker {
  const facts = factsOf(version);
  const text = files['mosquitto.conf'];
  const { options: conf, problems, log } = parseConf(text, files, version);
  const say = (...texts: readonly string[]) =>
    log.push(...texts.map((words) => ({ level: 'information', text: words }) as const));
  const to: Starting = { problems, log, files };
  const failed = (): ConfiguredBroker => {
    log.push(...farewell(facts, to));
    return closed(facts, problems, log);
  };
  if (!conf) return failed();
  const own = begin(conf, facts, to);
  if (!own) return failed();
  const early = log.length;
  say(`mosquitto version ${version} starting`);
  say(text === undefined ? 'Using default config.' : `Config loaded from ${configDirectory}/mosquitto.conf.`);
  say(...facts.features);
  const logs = conf.logs && own.logs;
  const isShown = (level: LogLine['level']) => logs && conf.logTypes.has(level);
  const securities = openSecurities(conf, fileReader(files, modes, conf.user, facts, to), facts, to);
  const started = securities !== undefined && openListeners(conf, facts, to);
  if (started) say(`mosquitto version ${version} running`);
  else log.push(...farewell(facts, to, conf));
  const shown = log.filter((line, index) => index < early || isShown(line.level));
  return started
    ? running(facts, { ...conf, ...(to.saves && { persistence: to.saves }), logs }, securities, problems, shown)
    : closed(facts, problems, shown);
} // prettier-ignore

/** Nothing runs: no listener, and every client is refused. */
function closed(facts: Facts, problems: ConfigProblem[], log: LogLine[]): ConfiguredBroker {
  return {
    facts,
    started: false,
    problems,
    log,
    listeners: [],
    reach: () => 'not-running',
    named: ({ clientId }) => ({ clientId }),
    needsClientId: () => false,
    authenticate: () => 5,
    authorizePublish: () => false,
    authorizeDeliver: () => false,
    maxQoSOf: () => 2,
    retainAvailable: true,
    maxSessionExpiry: 0,
    bridges: [],
    maxInflight: 20,
    maxQueued: 1000,
    maxKeepAlive: 65_535,
    maxPacketSize: 0,
    messageSizeLimit: 0,
    connectionMessages: true,
    logs: () => true,
  };
}

const admit = (right: boolean): Admission => (right ? 0 : 5);
function running(
  facts: Facts,
  conf: BrokerConf,
  securities: ReadonlyMap<ListenerConf, Security>,
  problems: ConfigProblem[],
  log: LogLine[],
): ConfiguredBroker {
  const [first] = conf.listeners;
  if (!first) throw new TypeError('a running broker has a listener');
  const listenerConfOf = (port: number | undefined): ListenerConf =>
    conf.listeners.find((listener) => listener.port === port) ?? first;
  const securityOf = ({ port }: ClientIdentity) => securities.get(listenerConfOf(port));
  const reachable = conf.listeners.filter(({ port }) => port > 0);

  function named(client: NamedClient): ClientIdentity {
    const listener = listenerConfOf(client.port);
    const { certificate, port } = client;
    const userName =
      listener.userNameFrom === 'connect'
        ? client.userName
        : listener.userNameFrom === 'identity'
          ? certificate?.commonName
          : certificate?.subject;
    const clientId = listener.useUserNameAsClientId
      ? (userName ?? client.clientId)
      : client.clientId;
    const named: ClientIdentity = { clientId };
    if (userName !== undefined) named.userName = userName;
    if (port !== undefined) named.port = port;
    return named;
  }

  const { retainAvailable, maxSessionExpiry, bridges, maxInflight, maxQueued } = conf;
  const { maxKeepAlive, maxPacketSize, messageSizeLimit, connectionMessages } = conf;
  const checks = new PasswordQueue();
  /** A client before 5.0 cannot be told of a shorter keep alive. */
  const keepsTooLong = ({ version, keepAlive }: ConnectingClient): boolean =>
    facts.keepAliveIsAsked &&
    version < 5 &&
    conf.maxKeepAlive > 0 &&
    (keepAlive === 0 || keepAlive > conf.maxKeepAlive);

  function authenticate(client: ConnectingClient): Admission | Promise<Admission> {
    const { versions } = listenerConfOf(client.port);
    if (versions && !versions.has(client.version)) return 1;
    const admission = identify(client);
    const agreed = (code: Admission): Admission => (code === 0 && keepsTooLong(client) ? 2 : code);
    return typeof admission === 'number' ? agreed(admission) : admission.then(agreed);
  }

  function identify(client: ConnectingClient): Admission | Promise<Admission> {
    const listener = listenerConfOf(client.port);
    const security = securityOf(client);
    if (!security) return 5;
    if (conf.clientIdPrefix !== undefined && !client.clientId.startsWith(conf.clientIdPrefix)) {
      return 5;
    }
    const { userName } = named(client);
    if (listener.userNameFrom !== 'connect') {
      // The certificate was checked in the handshake; it only has to be there.
      return userName === undefined ? 4 : 0;
    }
    if (userName === undefined) {
      return security.conf.allowAnonymous && !listener.useUserNameAsClientId ? 0 : 5;
    }
    if (!security.passwords) return security.conf.allowAnonymous ? 0 : 5;
    const { password, gone } = client;
    if (password === undefined) return 5;
    const right = checks.check(security.passwords.entryOf(userName), password, gone);
    return typeof right === 'boolean' ? admit(right) : right.then(admit);
  }

  return {
    facts,
    started: true,
    problems,
    log,
    listeners: reachable.map((listener) => listenerOf(conf, listener)),
    reach: (target, lines = () => 0) => reach(conf, reachable, target, lines),
    named,
    needsClientId: (port) =>
      securities.get(listenerConfOf(port))?.conf.allowZeroLengthClientId === false,
    authenticate,
    authorizePublish(client, topic) {
      const dollar = dollarRule('write', topic);
      // Mosquitto keeps $CONTROL for its plugins: it acknowledges and delivers to no client.
      if (dollar === false || topic.startsWith('$CONTROL/')) return false;
      return securityOf(client)?.acl?.mayWrite(client.userName, client.clientId, topic) ?? true;
    },
    authorizeDeliver(client, topic) {
      if (dollarRule('read', topic) === false) return false;
      return securityOf(client)?.acl?.mayRead(client.userName, client.clientId, topic) ?? true;
    },
    maxQoSOf: (port) => listenerConfOf(port).maxQoS,
    ...{ retainAvailable, maxSessionExpiry, bridges, maxInflight, maxQueued },
    ...{ maxKeepAlive, maxPacketSize, messageSizeLimit, connectionMessages },
    ...(conf.persistence && { persistence: conf.persistence }),
    logs: (level) => conf.logs && conf.logTypes.has(level),
  };
}

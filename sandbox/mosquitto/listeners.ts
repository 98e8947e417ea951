/** Matches lines to the listeners of a conf. */
import { familyOf, isAnyAddress, isLoopback, takes, type Family } from './conf/hosts.ts';
import type { BrokerConf, ListenerConf } from './conf/settings.ts';
import type { QoS } from '../protocol/mqtt.ts';
import type { ListenerTls, TlsRefusal } from '../protocol/tls.ts';

/** Devices of the page and the scene's actors count as clients on the broker's machine. */
export type Origin = 'localhost' | 'network';

/** The endpoint that a client connects to: `mqtts://localhost:8883` is port 8883, mqtt, tls. */
export interface ClientTarget {
  port: number;
  protocol: 'mqtt' | 'websockets';
  tls: boolean;
  from: Origin;
  /** The address that it connects to, and its family; absent: a name that means both. */
  address?: string | undefined;
  family?: Family | undefined;
}

/** A listener of the broker. */
export interface Listener {
  port: number;
  protocol: 'mqtt' | 'websockets';
  tls: boolean;
  /** A client without a certificate of the sandbox's authority is refused in the TLS handshake. */
  requireCertificate: boolean;
  /** Its own files, if they are certificates that somebody can look at. */
  pem?: ListenerTls['pem'];
  /** Who can reach it. */
  from: readonly Origin[];
  maxConnections?: number;
  maxQoS: QoS;
}

/** Why a line is refused: key of the language files (`files.refused.<refusal>`). */
export type ListenerRefusal =
  | 'not-running'
  | 'stopped'
  | 'no-power'
  | 'no-listener'
  | 'elsewhere'
  | 'local-only'
  | 'protocol'
  | 'tls'
  | 'psk'
  | 'full'
  | TlsRefusal;

export function listenerOf(conf: BrokerConf, listener: ListenerConf): Listener {
  const { port, protocol, tls, requireCertificate, maxConnections, maxQoS } = listener;
  return {
    port,
    protocol,
    tls: tls !== undefined,
    requireCertificate,
    ...(tls?.pem && { pem: tls.pem }),
    from: conf.localOnly || isNear(listener) ? ['localhost'] : ['localhost', 'network'],
    ...(maxConnections === undefined ? {} : { maxConnections }),
    maxQoS,
  };
}

/** Only clients on the same machine reach it. */
const isNear = ({ host, interface: bound }: ListenerConf): boolean =>
  (host !== undefined && isLoopback(host)) || bound?.toLowerCase() === 'lo';

/** The first listener that such a line reaches, or the reason why there is none. */
export function reach(
  conf: BrokerConf,
  listeners: readonly ListenerConf[],
  { port, protocol, tls, from, address, family }: ClientTarget,
  lines: (port: number) => number,
): Listener | ListenerRefusal {
  const at = listeners.filter((listener) => listener.port === port);
  if (at.length === 0) return 'no-listener';
  const by = family ?? (address === undefined ? undefined : familyOf(address));
  const reached = at.filter(({ host }) => by === undefined || takes(host, by, address));
  if (reached.length === 0) return 'no-listener';
  const near = reached.filter(
    (each) =>
      (from === 'localhost' && each.interface?.toLowerCase() !== 'eth0') ||
      (from === 'network' && !conf.localOnly && isAnyAddress(each.host) && !isNear(each)),
  );
  const [listener] = near;
  if (!listener) return 'local-only';
  if (listener.psk && !listener.tls) return 'psk';
  if ((listener.tls !== undefined) !== tls) return 'tls';
  if (listener.protocol !== protocol) return 'protocol';
  if (listener.maxConnections !== undefined && lines(port) >= listener.maxConnections)
    return 'full';
  const all = new Set(listeners.map((each) => each.port));
  const total = [...all].reduce((sum, each) => sum + lines(each), 0);
  if (conf.maxConnections > 0 && total >= conf.maxConnections) return 'full';
  return listenerOf(conf, listener);
}

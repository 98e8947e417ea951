import type { LineTarget } from '../messages.ts';

/**
 * The addresses that mean the room. A program on a page can reach nothing else. The same program
 * runs on a real machine next to a real broker.
 */
export interface Address {
  /** `mqtt`, `ws`, `mqtts` …, without a colon. */
  protocol?: string | null;
  host?: string | null;
  port?: number | string | null;
  /** The room's broker has listeners of its own: only the room knows their ports. */
  anyPort?: boolean;
  /** There are certificates: the program can speak TLS. */
  tls?: boolean;
  /** Names that lead to a broker of the room, beside those of the loopback. */
  hosts?: readonly string[];
}
export type UrlVerdict =
  /** `url` as the learner would write it. */
  | { room: true; url: string; target: LineTarget; secure: boolean }
  | { room: false; url: string; why: 'host' | 'name' | 'port' | 'tls' | 'protocol' };

const LOCAL = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);
/** Ports on which a Mosquitto with its usual configuration listens. */
const PORTS: Record<string, number> = { mqtt: 1883, tcp: 1883, ws: 9001 };
/** The default port of a URL: RFC 6455 section 3 gives a WebSocket port 80. */
const DEFAULT_PORTS: Record<string, number> = { mqtt: 1883, tcp: 1883, ws: 80 };
/** With TLS: MQTT.js has the same default port for all of MQTT. */
const SECURE_PORTS: Record<string, number> = { mqtts: 8883, ssl: 8883, tls: 8883, wss: 443 };

export function judge(address: Address): UrlVerdict {
  const { protocol, host, port, anyPort = false, tls = false, hosts = [] } = address;
  const scheme = (protocol || 'mqtt').replace(/:$/, '').toLowerCase();
  const name = (host || 'localhost').toLowerCase();
  const url = `${scheme}://${name}${port ? `:${port}` : ''}`.slice(0, 200);
  if (!LOCAL.has(name) && !hosts.includes(name))
    return { room: false, url, why: hosts.length > 0 ? 'name' : 'host' };
  const secure = Object.hasOwn(SECURE_PORTS, scheme);
  if (secure && !tls) return { room: false, url, why: 'tls' };
  const expected = PORTS[scheme] ?? SECURE_PORTS[scheme];
  if (expected === undefined) return { room: false, url, why: 'protocol' };
  const asked = port ? Number(port) : (DEFAULT_PORTS[scheme] ?? expected);
  const isPort = Number.isInteger(asked) && asked > 0 && asked < 65_536;
  if (!isPort || (asked !== expected && !anyPort)) return { room: false, url, why: 'port' };
  return {
    room: true,
    url,
    secure,
    target: {
      port: asked,
      protocol: scheme.startsWith('ws') ? 'websockets' : 'mqtt',
      ...(name !== 'localhost' && { host: name.replace(/^\[|\]$/g, '') }),
    },
  };
}

/** Chooses the listener of a line, from the room's broker files. */
import type { ConfiguredBroker, Listener, Origin, ListenerRefusal } from '../mosquitto/files.ts';
import type { LineInfo } from '../line/line-info.ts';

/** The host of a program that runs in the broker's container: its localhost is the broker's. */
export const CONTAINER = 'container';

/** Devices of the page and the scene's actors count as clients on the usual broker's machine. */
function originOf({ role, loopback, on, name, away }: LineInfo): Origin {
  if (role === 'bridge') return name === (on ?? 'house') ? 'localhost' : 'network';
  return away || on === 'cloud' || (role === 'outside' && !loopback) ? 'network' : 'localhost';
}

/** An IPv4 client of a socket for both shows as `::ffff:192.168.1.5`. */
const familyOfRemote = (remote: string): 'ipv4' | 'ipv6' =>
  remote.includes(':') && !remote.startsWith('::ffff:') ? 'ipv6' : 'ipv4';

/** The default port of each transport, for a line without a port. */
const protocolOf = ({ transport, role }: LineInfo): Listener['protocol'] =>
  transport === 'websocket' && role === 'outside' ? 'websockets' : 'mqtt';

/**
 * The listener for a line, or why there is none. A client from outside reaches the sandbox's own
 * port and names none of the room's: it gets the first that is open for it. Who comes into a container
 * by a published port comes from the network, also from its machine.
 */
export function listenerFor(
  start: ConfiguredBroker,
  info: LineInfo,
  lines: (port: number) => number,
): Listener | ListenerRefusal {
  const { container } = start;
  const isInside = info.target?.host === CONTAINER;
  const ports = isInside || container === 'host' ? undefined : container?.split(' ');
  const from = ports ? 'network' : isInside ? 'localhost' : originOf(info);
  const protocol = info.target?.protocol ?? protocolOf(info);
  const tls = info.transport === 'tls';
  if (info.target) {
    const { port: asked, host } = info.target;
    // One that is published to the machine alone has a ~.
    const isNear = originOf(info) === 'localhost';
    const isOpen = (each: string): boolean =>
      each.startsWith(`${asked}:`) || (isNear && each.startsWith(`~${asked}:`));
    const port = ports ? Number(ports.find(isOpen)?.split(':')[1]) : asked;
    if (!port) return start.started ? 'no-listener' : 'not-running';
    const address = ports || isInside ? undefined : host;
    return start.reach({ port, protocol, tls, from, address }, lines);
  }
  const family = info.remote === undefined ? undefined : familyOfRemote(info.remote);
  let refusal: ListenerRefusal = start.started ? 'no-listener' : 'not-running';
  for (const { port, protocol: spoken, tls: secure } of start.listeners) {
    if (spoken !== protocol || secure !== tls) continue;
    if (ports && !ports.some((each) => each.endsWith(`:${port}`))) continue;
    const found = start.reach({ port, protocol, tls, from, family }, lines);
    if (typeof found !== 'string') return found;
    refusal = found;
  }
  return refusal;
}

/**
 * WebSocket upgrades: `/mqtt/<address>` is a line, `/watch/<address>?key=<watch key>` a viewer's
 * stream; others may be a class's (`classes`). A line with `?device=<name>` is one of the page's own, and needs the watch key, too.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex as NodeDuplex } from 'node:stream';
import { isLoopbackAddress } from '../../mosquitto/conf/hosts.ts';
import { isHostName } from '../../protocol/machines.ts';
import { helloFrom } from '../../protocol/tls.ts';
import { WebSocketServer, type WebSocket } from 'ws';
import { errors } from '../../shared/errors.ts';
import { endThenDestroy, lingerMs } from '../../line/end-socket.ts';
import { comeBackSeconds } from '../../room/come-back.ts';
import type { Room } from '../../room/room.ts';
import { withTls } from '../../room/with-tls.ts';
import type { LineInfo } from '../../line/line-info.ts';
import { attach, findRoom, firstOf, mayAnswer, type ListenerContext } from '../admission/admit.ts';
import { refuse, refuseFull } from '../admission/refusals.ts';
import type { ConnectionTurns } from '../fair/fair-loop.ts';
import { meterReads } from '../fair/metered-reads.ts';
import { upgradeInTurn } from '../fair/upgrades.ts';
import { guardUnfinished } from './unfinished.ts';
import { serveWatchSocket } from './watch-socket.ts';
import { WebSocketStream } from './ws-stream.ts';

export interface WebSocketListener {
  /** False if the path belongs to another handler's upgrade (Vite's, in development). */
  upgrade(request: IncomingMessage, socket: NodeDuplex, head: Buffer): boolean;
  close(): void;
}

/** A device's name from the page: panels show it, so it is short and has no control characters. */
const deviceName = /^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,63}$/u;

/** The device name in a line's URL; null for an outside client. */
function deviceOf(query: URLSearchParams): string | null {
  const name = query.get('device');
  return name !== null && deviceName.test(name) ? name : null;
}

/** The port and protocol of the program's URL: `mqtt://localhost:1883`, `ws://localhost:9001`. */
function targetOf(query: URLSearchParams): LineInfo['target'] {
  const port = Number(query.get('port'));
  const protocol = query.get('protocol') === 'websockets' ? 'websockets' : 'mqtt';
  const given = query.get('host') ?? '';
  const host = isLoopbackAddress(given) || isHostName(given) ? { host: given } : {};
  const tls = helloFrom(query.get('tls'));
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? { port, protocol, ...host, ...(tls && { tls }) }
    : undefined;
}

/** The origin of a line, and its requested endpoint. */
interface LineOrigin {
  url: URL;
  /** Of a room, as the path has it. */
  address: string;
  remote: string;
  /** Whether the client is on this machine. */
  loopback: boolean;
  turns: ConnectionTurns;
}

/** A client that does not respond to the close frame is closed after this time; newer than the types of ws. */
const closing = { closeTimeout: lingerMs };

/** Bytes that are parsed at a time: all frames in them become messages, even if the line pauses. */
const framesBytes = 8192;

export function listenWebSocket(
  context: ListenerContext,
  classes: Pick<WebSocketListener, 'upgrade'> | null = null,
): WebSocketListener {
  const { limits } = context.rooms;
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    ...closing,
    // Twice the largest packet: a message may hold several.
    maxPayload: Math.max(limits.packetBytes * 2, limits.watchBytes),
    handleProtocols: (protocols) => subProtocols.find((name) => protocols.has(name)) ?? false,
  });

  async function line(
    stream: WebSocketStream,
    room: Room | null,
    { url, address, remote, loopback, turns }: LineOrigin,
  ) {
    const name = deviceOf(url.searchParams);
    let full: 'room-full' | 'lines-full' = 'room-full';
    if (room) {
      const target = targetOf(url.searchParams);
      const info: LineInfo =
        name !== null
          ? { transport: 'websocket', role: 'device', name, ...(target && { target }) }
          : { transport: 'websocket', role: 'outside', loopback };
      const line = await attach(context, room, stream, remote, { ...(await withTls(info)), turns });
      if (typeof line !== 'string') return;
      if (line === 'lines-full') full = line;
      else if (line !== 'full') return stream.refuse(line);
    }
    const first = await firstOf(context, stream, remote);
    if (!first?.connect) return stream.destroy();
    const { version } = first.connect;
    if (room) return refuseFull(stream, version, full);
    if (!mayAnswer(context, address, remote)) return stream.destroy();
    return refuse(stream, version, errors['no-room']);
  }

  /** Frames are read in turns, too: an empty one costs as much as a small packet. */
  function turnsOf(
    opened: WebSocket,
    socket: NodeDuplex,
    remote: string,
    room: Room | null,
  ): ConnectionTurns {
    const turns = context.fair.turnsOf(remote, room?.code ?? '');
    meterReads(socket, turns, {
      piece: framesBytes,
      most: framesBytes,
      isOpen: () => !opened.isPaused,
    });
    guardUnfinished(context.memory, { opened, socket, remote });
    return turns;
  }

  return {
    upgrade(request, socket, head) {
      const where = context.site.enter(request);
      if (where === 'outside') return false;
      const url = urlOf(request);
      if (!url || where === 'unusable') return reject(socket, '400 Bad Request');
      if (context.operation.stopping)
        return reject(socket, `503 Service Unavailable\r\nRetry-After: ${comeBackSeconds}`);
      if (classes?.upgrade(request, socket, head)) return true;
      const [, kind, address = '', more] = url.pathname.split('/');
      if ((kind !== 'mqtt' && kind !== 'watch') || more !== undefined) return false;
      const remote = context.proxies.sourceOf(request);
      const isPage = kind === 'watch' || deviceOf(url.searchParams) !== null;
      const watchKey = isPage ? url.searchParams.get('key') : undefined;
      const room = findRoom(context, address, remote, watchKey);
      if (kind === 'watch') {
        if (!sameOrigin(context, request)) return reject(socket, '403 Forbidden');
        if (!room) {
          if (mayAnswer(context, address, remote)) return reject(socket, '404 Not Found');
          socket.destroy();
          return true;
        }
        // Lines are closed before viewers.
        const leave = context.connections.take({
          remote,
          room: room.code,
          usedAt: () => Infinity,
          evict: () => socket.destroy(),
        });
        if (!leave) return reject(socket, '503 Service Unavailable');
        socket.once('close', leave);
        upgradeInTurn(context, { socket, remote, room: room.code }, () => {
          const { hidesHints } = context.onPage(request, room);
          server.handleUpgrade(request, socket, head, (opened) => {
            const turns = turnsOf(opened, socket, remote, room);
            const { memory } = context;
            void serveWatchSocket(opened, socket, room, {
              query: url.searchParams,
              turns,
              remote,
              memory,
              hidesHints,
            });
          });
        });
        return true;
      }
      if (!offersMqtt(request)) return reject(socket, '400 Bad Request');
      upgradeInTurn(context, { socket, remote, room: room?.code ?? '' }, () =>
        server.handleUpgrade(request, socket, head, (opened) => {
          const turns = turnsOf(opened, socket, remote, room);
          const stream = new WebSocketStream(opened, socket);
          const loopback = context.proxies.isLocal(request);
          void line(stream, room, { url, address, remote, loopback, turns }).catch(() =>
            opened.terminate(),
          );
        }),
      );
      return true;
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** The URL's path and query; null if it is malformed, such as `//`. */
function urlOf({ url = '/' }: IncomingMessage): URL | null {
  return url.startsWith('/') ? URL.parse(`http://localhost${url}`) : null;
}

/** [MQTT-6.0.0-3], [MQTT-6.0.0-4]; clients of 3.1 offer the second, and Mosquitto takes it. */
export const subProtocols = ['mqtt', 'mqttv3.1'];
export const offersMqtt = (request: IncomingMessage): boolean =>
  (request.headers['sec-websocket-protocol'] ?? '')
    .split(/,\s*/)
    .some((name) => subProtocols.includes(name));

/**
 * Only the course's own pages watch and make rooms. Another site's page in the same browser sends its
 * own Origin; after DNS rebinding its Host is not a name of this server.
 */
export function sameOrigin(context: ListenerContext, request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  // An ingress proxy knows its readers by a cookie, which no other name of its host is sent.
  if (!context.site.isForwarded(request) && !context.ownHost(host)) return false;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

function reject(socket: NodeDuplex, status: string): true {
  endThenDestroy(socket, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return true;
}

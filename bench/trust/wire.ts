/** Sockets and bytes for the processes of a row; each connects from its own address. */
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import mqttPacket, { type Packet } from 'mqtt-packet';
import type { Ports } from './messages.ts';

/** The transports of MQTT. */
export type Transport = 'tcp' | 'tls' | 'ws';
export const transports: readonly Transport[] = ['tcp', 'tls', 'ws'];

export const packet = (fields: object, version = 4): Buffer =>
  mqttPacket.generate(fields as Packet, { protocolVersion: version });
export const connectPacket = (clientId: string, username?: string, more: object = {}): Buffer => {
  const { protocolVersion = 4 } = more as { protocolVersion?: number };
  const fields = { cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean: true, keepalive: 0 };
  return packet({ ...fields, clientId, username, ...more }, protocolVersion);
};
export const publishPacket = (topic: string, payload: string | Buffer, more: object = {}): Buffer =>
  packet({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...more });
export const subscribePacket = (filters: string[], qos = 0): Buffer =>
  packet({
    cmd: 'subscribe',
    messageId: 60_000,
    subscriptions: filters.map((topic) => ({ topic, qos })),
  });
export const pingPacket = Buffer.from([0xc0, 0]);

const mask = Buffer.from([7, 91, 23, 178]);
/** A client's WebSocket frame: binary, unless `opcode` says otherwise. */
export function wsFrame(payload: Buffer, opcode = 2): Buffer {
  const { length } = payload;
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.alloc(6 + size + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
  if (size === 2) frame.writeUInt16BE(length, 2);
  if (size === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  mask.copy(frame, 2 + size);
  for (let i = 0; i < length; i++) frame[6 + size + i] = payload[i]! ^ mask[i & 3]!;
  return frame;
}

/** The unit repeated as often as fits into a segment, at least once. */
export const repeated = (unit: Buffer, bytes = 65_536): Buffer =>
  Buffer.concat(Array<Buffer>(Math.max(1, Math.floor(bytes / unit.length))).fill(unit));

/** An open socket; rejects if the server closes it first. */
export function dial(ports: Ports, transport: Transport | 'http', from: string): Promise<Socket> {
  const port = transport === 'ws' || transport === 'http' ? ports.web : ports[transport];
  return new Promise((resolve, reject) => {
    const at = { port, host: '127.0.0.1', localAddress: from, noDelay: true };
    const socket =
      transport === 'tls'
        ? connectTls({ ...at, rejectUnauthorized: false }, () => resolve(socket))
        : connect(at, () => resolve(socket));
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
}

/** The head of an upgrade request. */
export const upgradeHead = (path: string, protocol?: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n' +
  `${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}\r\n`;

/** The first chunk. */
export const first = (socket: Socket): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('close', () => reject(new Error('closed')));
  });

/** A WebSocket's TCP socket after the upgrade. */
export async function upgrade(
  ports: Ports,
  path: string,
  from: string,
  protocol?: string,
): Promise<Socket> {
  const socket = await dial(ports, 'ws', from);
  socket.write(upgradeHead(path, protocol));
  const head = await first(socket);
  const status = head.toString('latin1', 9, 12);
  if (status !== '101') throw new Error(`HTTP ${status}`);
  const end = head.indexOf('\r\n\r\n') + 4;
  if (end < head.length) socket.unshift(head.subarray(end));
  return socket;
}

/** How clients and pages reach a room. */
export interface RoomKeys {
  address: string;
  watchPath: string;
  /** The path of a line of the page. */
  devicePath(name: string): string;
}

/** Makes a room as a page does; with a cookie, as a member's page. */
export async function makeRoom(ports: Ports, from: string, cookie?: string): Promise<RoomKeys> {
  const body = JSON.stringify({ exercise: 'first-message/publish' });
  const { status, text } = await ask(ports, from, '/api/rooms', body, cookie);
  if (status !== 200) throw new Error(`HTTP ${status}`);
  const { address, watchKey } = JSON.parse(text) as { address: string; watchKey: string };
  return {
    address,
    watchPath: `/watch/${address}?key=${watchKey}`,
    devicePath: (name) => `/mqtt/${address}?key=${watchKey}&device=${name}`,
  };
}

/** One request on a connection of its own; a POST if there is a body. `cookie`: what the answer sets. */
export function ask(
  ports: Ports,
  from: string,
  path: string,
  body?: string,
  cookie?: string,
): Promise<{ status: number; text: string; cookie: string }> {
  return new Promise((resolve, reject) => {
    const at = { host: '127.0.0.1', port: ports.web, localAddress: from, path, agent: false };
    const method = body === undefined ? 'GET' : 'POST';
    const headers = cookie === undefined ? {} : { cookie };
    const asked = request({ ...at, method, headers, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          text: Buffer.concat(chunks).toString(),
          cookie: (response.headers['set-cookie'] ?? [])
            .map((line) => line.split(';')[0]!)
            .join('; '),
        }),
      );
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end(body);
  });
}

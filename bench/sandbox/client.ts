/**
 * The load generator's own client, since speed is measured: bytes on one socket, no packet objects. A
 * client that decodes would be the bottleneck and take CPU time from the server under test.
 */
import { connect, type Socket } from 'node:net';
import type { QoS } from '../../sandbox/protocol/mqtt.ts';
import {
  connectPacket,
  eachPacket,
  eachWebSocketFrame,
  subscribePacket,
  webSocketFrame,
} from './frames.ts';

export interface Target {
  port: number;
  /** Path of the WebSocket; default TCP. */
  path?: string;
  /** User name of the CONNECT. */
  userName?: string;
}

let ids = 0;

export class Client {
  /** Called for each PUBLISH that came. */
  onMessage: () => void = () => {};
  /** Called when a message of ours is acknowledged to the end. */
  onDone: () => void = () => {};
  readonly #socket: Socket;
  readonly #isWeb: boolean;
  #rest: Buffer | null = null;
  #restWeb: Buffer | null = null;
  #answers: Buffer[] = [];
  #waiting: ((first: number) => void) | undefined;
  readonly #packet = this.#take.bind(this);
  readonly #payload = (payload: Buffer): void => this.#bytes(payload);

  private constructor(socket: Socket, isWeb: boolean) {
    this.#socket = socket;
    this.#isWeb = isWeb;
    socket.on('data', (chunk: Buffer) => {
      if (!isWeb) return this.#bytes(chunk);
      const bytes = this.#restWeb ? Buffer.concat([this.#restWeb, chunk]) : chunk;
      this.#restWeb = eachWebSocketFrame(bytes, this.#payload);
    });
    socket.on('error', () => {});
  }

  static async open(target: Target): Promise<Client> {
    const socket = await (target.path === undefined ? openTcp(target.port) : openWeb(target));
    const client = new Client(socket, target.path !== undefined);
    client.send(connectPacket(`bench-${++ids}`, target.userName));
    await client.#next();
    return client;
  }

  send(packet: Buffer): void {
    this.#socket.write(this.#isWeb ? webSocketFrame(packet) : packet);
  }

  async subscribe(filter: string, qos: QoS): Promise<void> {
    this.send(subscribePacket(filter, qos));
    await this.#next();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** CONNACK or SUBACK. */
  #next(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#socket.once('close', () => reject(new Error('closed by the server')));
    });
  }

  #bytes(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = eachPacket(bytes, this.#packet);
    if (this.#answers.length === 0) return;
    const answers = this.#answers;
    this.#answers = [];
    this.send(answers.length === 1 ? answers[0]! : Buffer.concat(answers));
  }

  #take(first: number, body: number, bytes: Buffer): void {
    switch (first >> 4) {
      case 3: {
        const qos = (first >> 1) & 3;
        if (qos > 0) {
          const id = body + 2 + bytes.readUInt16BE(body);
          this.#answer(qos === 1 ? 0x40 : 0x50, bytes, id);
        }
        return this.onMessage();
      }
      case 4:
      case 7:
        return this.onDone();
      case 5:
        return this.#answer(0x62, bytes, body);
      case 6:
        return this.#answer(0x70, bytes, body);
      default:
        this.#waiting?.(first);
    }
  }

  #answer(first: number, bytes: Buffer, id: number): void {
    this.#answers.push(Buffer.from([first, 2, bytes[id]!, bytes[id + 1]!]));
  }
}

const openTcp = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

/** The upgrade by hand: frames follow its empty line. */
export async function openWeb({ port, path }: Target, protocol = 'mqtt'): Promise<Socket> {
  const socket = await openTcp(port);
  const wanted = protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : '';
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n${wanted}\r\n`,
  );
  const head = await new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('close', () => reject(new Error(`no upgrade at ${path}`)));
  });
  if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(String(head));
  const end = head.indexOf('\r\n\r\n') + 4;
  if (end < head.length) socket.unshift(head.subarray(end));
  return socket;
}

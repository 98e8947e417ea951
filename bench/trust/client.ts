/** A well-behaved MQTT client and viewer, over any transport. */
import type { Socket } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { WebSocket } from 'ws';
import { eachWebSocketFrame } from '../sandbox/frames.ts';
import type { Ports } from './messages.ts';
import { connectPacket, dial, upgrade, wsFrame, type Transport, type RoomKeys } from './wire.ts';

/** A received packet, as mqtt-packet parses it. */
export interface Got {
  cmd: string;
  payload?: Buffer | string;
  returnCode?: number;
}

export class Client {
  onPacket: (packet: Got) => void = () => {};
  closed = false;
  readonly socket: Socket;
  readonly #isWeb: boolean;
  #waiting: ((packet: Got | null) => boolean)[] = [];

  private constructor(socket: Socket, isWeb: boolean) {
    this.socket = socket;
    this.#isWeb = isWeb;
    const parser = mqttPacket.parser();
    parser.on('packet', (read: Packet) => {
      const packet = read as Got;
      this.#waiting = this.#waiting.filter((take) => !take(packet));
      this.onPacket(packet);
    });
    let rest: Buffer | null = null;
    socket.on('data', (chunk: Buffer) => {
      if (!isWeb) return void parser.parse(chunk);
      rest = eachWebSocketFrame(rest ? Buffer.concat([rest, chunk]) : chunk, (payload) =>
        parser.parse(payload),
      );
    });
    socket.once('close', () => {
      this.closed = true;
      for (const take of this.#waiting.splice(0)) take(null);
    });
  }

  /** Resolves when connected; rejects with the server's response if the server refuses it. */
  static async open(
    ports: Ports,
    transport: Transport,
    { address, devicePath }: RoomKeys,
    from: string,
    id: string,
  ): Promise<Client> {
    const isWeb = transport === 'ws';
    const socket = isWeb
      ? await upgrade(ports, devicePath(id), from, 'mqtt')
      : await dial(ports, transport, from);
    const client = new Client(socket, isWeb);
    client.send(connectPacket(id, isWeb ? undefined : address));
    const { returnCode } = await client.next('connack');
    if (returnCode !== 0) throw new Error(`CONNACK ${returnCode}`);
    return client;
  }

  send(bytes: Buffer): void {
    this.socket.write(this.#isWeb ? wsFrame(bytes) : bytes);
  }

  next(cmd: string): Promise<Got> {
    return new Promise((resolve, reject) => {
      this.#waiting.push((packet) => {
        if (packet && packet.cmd !== cmd) return false;
        if (packet) resolve(packet);
        else reject(new Error('closed'));
        return true;
      });
    });
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A page's watch stream: sends requests and reads everything. */
export class Viewer {
  closed = false;
  /** What has no request: results of checks, and the like. */
  onNews: (message: { type: string }) => void = () => {};
  readonly socket: WebSocket;
  readonly #waiting = new Map<number, (error: Error | null) => void>();
  #ids = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) return;
      const message = JSON.parse(String(data)) as { id?: number; type: string };
      const { id, type } = message;
      if (id === undefined) return this.onNews(message);
      this.#waiting.get(id)?.(type === 'failed' ? new Error('failed') : null);
      this.#waiting.delete(id);
    });
    socket.on('close', () => {
      this.closed = true;
      for (const settle of this.#waiting.values()) settle(new Error('closed'));
    });
  }

  static open(ports: Ports, room: RoomKeys, from: string, cookie?: string): Promise<Viewer> {
    return new Promise((resolve, reject) => {
      const url = `ws://127.0.0.1:${ports.web}${room.watchPath}`;
      const headers = cookie === undefined ? {} : { cookie };
      const socket = new WebSocket(url, { localAddress: from, perMessageDeflate: false, headers });
      socket.on('error', reject);
      socket.on('open', () => resolve(new Viewer(socket)));
    });
  }

  ask(type: 'state' | 'reset'): Promise<void> {
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (error) => (error ? reject(error) : resolve()));
      this.socket.send(JSON.stringify({ type, id }));
    });
  }
}

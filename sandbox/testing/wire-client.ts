/** A client that writes exactly the packets it is told to, and keeps those that it gets. */
import mqttPacket, { type Packet } from 'mqtt-packet';
import type { Duplex } from 'readable-stream';
import { memoryPair } from '../room/memory-pair.ts';
import type { LineInfo } from '../line/line-info.ts';
import type { Room } from '../room/room.ts';

/** A packet as a test reads it: the fields that mqtt-packet gives any kind of packet. */
export interface WirePacket {
  cmd: string;
  topic: string;
  payload: Buffer;
  qos: number;
  retain: boolean;
  dup: boolean;
  messageId: number;
  reasonCode: number;
  returnCode: number;
  sessionPresent: boolean;
  granted: number[];
  properties: Record<string, unknown> | undefined;
}

export class WireClient {
  readonly stream: Duplex;
  readonly version: number;
  /** What came and was not taken by `next` yet. */
  readonly got: WirePacket[] = [];
  closed = false;
  #waiting: (() => void)[] = [];

  constructor(stream: Duplex, version = 4) {
    this.stream = stream;
    this.version = version;
    const parser = mqttPacket.parser({ protocolVersion: version });
    parser.on('packet', (packet: Packet) => {
      this.got.push(packet as unknown as WirePacket);
      this.#wake();
    });
    stream.on('data', (chunk: Buffer) => parser.parse(Buffer.from(chunk)));
    const close = (): void => {
      this.closed = true;
      this.#wake();
    };
    for (const event of ['end', 'close', 'error']) stream.on(event, close);
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** All of them in one segment. */
  send(...packets: object[]): this {
    const options = { protocolVersion: this.version };
    this.stream.write(
      Buffer.concat(packets.map((packet) => mqttPacket.generate(packet as Packet, options))),
    );
    return this;
  }

  /** Waits for a packet of the kind, and takes it; fails where the line closes before. */
  async next(cmd: string): Promise<WirePacket> {
    for (;;) {
      const at = this.got.findIndex((packet) => packet.cmd === cmd);
      if (at >= 0) return this.got.splice(at, 1)[0]!;
      if (this.closed) throw new Error(`the line was closed while a test waited for ${cmd}`);
      await this.#change();
    }
  }

  async ended(): Promise<void> {
    while (!this.closed) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async connect(clientId: string, options: object = {}): Promise<WirePacket> {
    const protocol = { protocolId: this.version === 3 ? 'MQIsdp' : 'MQTT' };
    const given = { protocolVersion: this.version, clean: true, keepalive: 0, clientId };
    this.send({ cmd: 'connect', ...protocol, ...given, ...options });
    return this.next('connack');
  }

  async subscribe(topic: string, qos = 0): Promise<WirePacket> {
    this.send({ cmd: 'subscribe', messageId: 60_000, subscriptions: [{ topic, qos }] });
    return this.next('suback');
  }

  publish(topic: string, payload: string | Buffer, options: object = {}): this {
    const packet = { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false };
    return this.send({ ...packet, ...options });
  }

  /** Resolves once the broker has answered a PINGREQ: everything before it has been dealt with. */
  async ping(): Promise<void> {
    this.send({ cmd: 'pingreq' });
    await this.next('pingresp');
  }

  /** Texts of the PUBLISH packets that came, with those taken out of `got`. */
  messages(): string[] {
    const messages = this.got.filter(({ cmd }) => cmd === 'publish');
    for (const message of messages) this.got.splice(this.got.indexOf(message), 1);
    return messages.map(({ payload }) => String(payload));
  }
}

/** A fresh memory line into the room. */
export function wireClient(room: Room, info: Partial<LineInfo> = {}, version = 4): WireClient {
  const [near, far] = memoryPair();
  const line = room.attach(far, { transport: 'memory', role: 'outside', ...info });
  if (!line) throw new Error('the room takes no more lines');
  return new WireClient(near, version);
}

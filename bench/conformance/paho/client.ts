/** One MQTT client over TCP as Paho's interoperability suites use theirs, on mqtt-packet. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';

export interface Target {
  host: string;
  port: number;
  version: 4 | 5;
}
export type Properties = Record<string, unknown>;
/** A packet as a case reads it. */
export interface Got {
  cmd: string;
  topic: string;
  payload: Buffer;
  qos: number;
  retain: boolean;
  messageId: number;
  sessionPresent: boolean;
  granted: number[];
  /** Of every kind and version: 0 where the packet carries none. */
  code: number;
  properties: Properties;
}

/** How long a case waits for what must come. */
const PATIENCE_MS = 15_000;

export class Client {
  readonly messages: Got[] = [];
  /** Once `open` has resolved. */
  connack!: Got;
  /** Receives as ever, and neither keeps nor acknowledges messages. */
  paused = false;
  /** Keeps messages and leaves their acknowledgement to the case. */
  holdAcknowledgements = false;
  readonly #socket: Socket;
  readonly #version: number;
  readonly #others: Got[] = [];
  #closed = false;
  #wake: () => void = () => undefined;
  #ids = 0;

  private constructor(socket: Socket, version: number) {
    this.#socket = socket;
    this.#version = version;
    const parser = mqttPacket.parser({ protocolVersion: version });
    parser.on('packet', (packet: Packet) => this.#take(packet as never));
    parser.on('error', () => socket.destroy());
    socket.on('data', (chunk) => parser.parse(chunk as Buffer));
    socket.on('error', () => undefined);
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#closed = true;
        this.#wake();
      });
    }
  }

  /** Sends CONNECT, and resolves with CONNACK there, whatever it says. */
  static async open(target: Target, clientId: string, options: object = {}): Promise<Client> {
    const socket = connectTcp({ port: target.port, host: target.host, noDelay: true });
    await once(socket, 'connect');
    const client = new Client(socket, target.version);
    client.send({ cmd: 'connect', ...client.#connect(clientId), ...options });
    client.connack = await client.next('connack');
    return client;
  }

  static around(socket: Socket, version: 4 | 5): Client {
    return new Client(socket, version);
  }

  #connect(clientId: string): object {
    const protocol = { protocolId: 'MQTT', protocolVersion: this.#version };
    return { ...protocol, clientId, clean: true, keepalive: 0 };
  }

  /** On the same connection: CONNECT once more. */
  connectAgain(clientId: string): void {
    this.send({ cmd: 'connect', ...this.#connect(clientId) });
  }

  send(packet: object): void {
    this.write(mqttPacket.generate(packet as Packet, { protocolVersion: this.#version }));
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** The next packet of this kind other than PUBLISH; throws where the line ends or none comes. */
  async next(cmd: string): Promise<Got> {
    await this.until(() => this.#others.some((packet) => packet.cmd === cmd), `no ${cmd}`);
    const at = this.#others.findIndex((packet) => packet.cmd === cmd);
    return this.#others.splice(at, 1)[0]!;
  }

  async ended(): Promise<void> {
    await this.until(() => this.#closed, 'still connected');
  }

  /** Until `count` messages have come; then two rounds of pings show whether there are more. */
  async receive(count: number): Promise<Got[]> {
    await this.until(() => this.messages.length >= count, `${this.messages.length} of ${count}`);
    await this.settle();
    return this.messages.splice(0);
  }

  /** Until everything that was under way has come. */
  async settle(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      this.send({ cmd: 'pingreq' });
      await this.next('pingresp');
    }
  }

  async subscribe(
    filters: string | (string | object)[],
    qos = 2,
    more: Properties = {},
  ): Promise<Got> {
    const { properties, ...options } = more;
    const subscriptions = [filters]
      .flat()
      .map((filter) => (typeof filter === 'string' ? { topic: filter, qos, ...options } : filter));
    this.send({ cmd: 'subscribe', messageId: this.#nextId(), subscriptions, properties });
    return this.next('suback');
  }

  async unsubscribe(filter: string): Promise<void> {
    this.send({ cmd: 'unsubscribe', messageId: this.#nextId(), unsubscriptions: [filter] });
    await this.next('unsuback');
  }

  /** Resolves when it is acknowledged to the end. */
  async publish(topic: string, payload: string, qos = 0, more: object = {}): Promise<void> {
    this.publishOnly(topic, payload, qos, more);
    if (qos === 1) await this.next('puback');
    if (qos === 2) {
      const { messageId, code } = await this.next('pubrec');
      if (code >= 0x80) throw new Error(`PUBREC ${code}`);
      this.send({ cmd: 'pubrel', messageId });
      await this.next('pubcomp');
    }
  }

  publishOnly(topic: string, payload: string, qos = 0, more: object = {}): void {
    const messageId = qos > 0 ? this.#nextId() : undefined;
    const packet = { cmd: 'publish', topic, payload, qos, retain: false, dup: false, messageId };
    this.send({ ...packet, ...more });
  }

  async disconnect(properties: Properties = {}): Promise<void> {
    this.send({ cmd: 'disconnect', reasonCode: 0, properties });
    await this.ended();
  }

  /** Without DISCONNECT. */
  terminate(): void {
    this.#socket.destroy();
  }

  async until(holds: () => boolean, otherwise: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!holds()) {
      const left = deadline - performance.now();
      if (left <= 0 || (this.#closed && otherwise !== 'still connected'))
        throw new Error(otherwise);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #nextId(): number {
    return ++this.#ids;
  }

  #take(raw: Got & { reasonCode?: number; returnCode?: number }): void {
    const code = raw.reasonCode ?? raw.returnCode ?? 0;
    const got = Object.assign(raw, { code, properties: raw.properties ?? {} });
    const { cmd, qos, messageId } = got;
    if (cmd === 'publish') {
      if (!this.paused) this.messages.push(got);
      const answers = !this.paused && !this.holdAcknowledgements;
      if (answers && qos === 1) this.send({ cmd: 'puback', messageId });
      if (answers && qos === 2) this.send({ cmd: 'pubrec', messageId });
    } else if (cmd === 'pubrel') {
      if (!this.paused) this.send({ cmd: 'pubcomp', messageId });
    } else this.#others.push(got);
    this.#wake();
  }
}

/** For tests: an MQTT client on mqtt-packet that writes what it is told to, over any stream. */
import mqttPacket, { type Packet as AnyPacket } from 'mqtt-packet';
import type { Duplex } from 'readable-stream';

/** A packet as a test reads it: the fields that mqtt-packet gives any kind of packet. */
export interface ReceivedPacket {
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

export class MqttClient<Packet extends ReceivedPacket = ReceivedPacket> {
  readonly stream: Duplex;
  readonly version: number;
  /** What came and was not taken by `next` yet. */
  readonly got: Packet[] = [];
  closed = false;
  /** How long to wait for what must come. */
  patienceMs = Infinity;
  #waiting: (() => void)[] = [];
  #ids = 0;

  constructor(stream: Duplex, version = 4) {
    this.stream = stream;
    this.version = version;
    const parser = mqttPacket.parser({ protocolVersion: version });
    parser.on('packet', (packet: AnyPacket) => {
      this.take(packet as unknown as Packet);
      this.#wake();
    });
    parser.on('error', () => stream.destroy());
    stream.on('data', (chunk: Uint8Array) => parser.parse(Buffer.from(chunk)));
    const close = (): void => {
      this.closed = true;
      this.#wake();
    };
    for (const event of ['end', 'close', 'error']) stream.on(event, close);
  }

  /** What becomes of a packet that has come. */
  protected take(packet: Packet): void {
    this.got.push(packet);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  nextId(): number {
    return (this.#ids = (this.#ids % 65_535) + 1);
  }

  /** All of them in one segment. */
  send(...packets: object[]): this {
    const options = { protocolVersion: this.version };
    const frames = packets.map((packet) => mqttPacket.generate(packet as AnyPacket, options));
    return this.write(Buffer.concat(frames));
  }

  write(bytes: Uint8Array): this {
    if (this.stream.writable) this.stream.write(bytes);
    return this;
  }

  /** Until it holds; throws if the line is closed, or patience ends, before. */
  async until(holds: () => boolean, otherwise: string, closedToo = false): Promise<void> {
    const deadline = performance.now() + this.patienceMs;
    while (!holds()) {
      const left = deadline - performance.now();
      if (this.closed && !closedToo) throw new Error(`the line was closed: ${otherwise}`);
      if (left <= 0) throw new Error(otherwise);
      await new Promise<void>((resolve) => {
        const timer = left < Infinity ? setTimeout(resolve, left) : undefined;
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Waits for a packet of the kind, and takes it. */
  async next(cmd: string): Promise<Packet> {
    const find = (): number => this.got.findIndex((packet) => packet.cmd === cmd);
    await this.until(() => find() >= 0, `no ${cmd}`);
    return this.got.splice(find(), 1)[0]!;
  }

  ended(): Promise<void> {
    return this.until(() => this.closed, 'still connected', true);
  }

  connectPacket(clientId: string, options: object = {}): object {
    const protocolId = this.version === 3 ? 'MQIsdp' : 'MQTT';
    const given = { protocolId, protocolVersion: this.version, clean: true, keepalive: 0 };
    return { cmd: 'connect', ...given, clientId, ...options };
  }

  connect(clientId: string, options: object = {}): Promise<Packet> {
    this.send(this.connectPacket(clientId, options));
    return this.next('connack');
  }

  subscribe(
    filters: string | (string | object)[],
    qos = 0,
    { properties, ...options }: Record<string, unknown> = {},
  ): Promise<Packet> {
    const subscriptions = [filters]
      .flat()
      .map((filter) => (typeof filter === 'string' ? { topic: filter, qos, ...options } : filter));
    this.send({ cmd: 'subscribe', messageId: 60_000, subscriptions, properties });
    return this.next('suback');
  }

  /** Resolves once the broker has answered a PINGREQ: everything before it has been dealt with. */
  async ping(): Promise<void> {
    this.send({ cmd: 'pingreq' });
    await this.next('pingresp');
  }
}

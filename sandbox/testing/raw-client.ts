/** For tests: a client that writes packets as it is told and keeps what it gets, over memory. */
import mqttPacket, { type IConnectPacket, type Packet } from 'mqtt-packet';
import { Duplex } from 'readable-stream';
import type { Broker } from '../engine/broker.ts';

/** A packet as a test reads it: every field that mqtt-packet gives any kind of packet. */
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

class Half extends Duplex {
  other!: Half;
  override _read(): void {}
  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    if (!this.other.destroyed) this.other.push(chunk);
    done();
  }
  override _final(done: () => void): void {
    this.other.push(null);
    done();
  }
  override _destroy(_error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    if (!other.destroyed) setImmediate(() => other.destroy());
    done(null);
  }
}

export function pair(): [Half, Half] {
  const [a, b] = [new Half(), new Half()];
  [a.other, b.other] = [b, a];
  return [a, b];
}

let lines = 0;
/** Clients of brokers that don't tell their state: in another process. */
const remote = new WeakMap<Broker, Set<RawClient>>();

export class RawClient {
  readonly stream: Duplex;
  readonly version: number;
  readonly got: ReceivedPacket[] = [];
  /** Every byte that came, packet by packet is in `got`. */
  bytes = Buffer.alloc(0);
  closed = false;
  #waiting: (() => void)[] = [];
  #id = 0;
  #clientId: string | null = null;
  readonly #broker: Broker;

  constructor(broker: Broker, version = 4) {
    this.version = version;
    this.#broker = broker;
    const [mine, theirs] = pair();
    this.stream = mine;
    const parser = mqttPacket.parser({ protocolVersion: version });
    parser.on('packet', (packet: Packet) => {
      this.got.push(packet as unknown as ReceivedPacket);
      this.#wake();
    });
    mine.on('data', (chunk: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, chunk]);
      parser.parse(chunk);
    });
    const close = (): void => {
      this.closed = true;
      this.#wake();
    };
    mine.on('end', close);
    mine.on('close', close);
    mine.on('error', close);
    broker.handle(theirs, { line: ++lines });
    if (!broker.state) remote.set(broker, (remote.get(broker) ?? new Set()).add(this));
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  encode(packet: object): Buffer {
    return mqttPacket.generate(packet as Packet, { protocolVersion: this.version });
  }

  /** One segment, however many packets. */
  send(...packets: object[]): this {
    this.stream.write(Buffer.concat(packets.map((packet) => this.encode(packet))));
    return this;
  }

  /** Waits for the packet and takes it out of `got`; fails where the line is closed before. */
  async next(cmd?: string): Promise<ReceivedPacket> {
    for (;;) {
      const at = cmd ? this.got.findIndex((packet) => packet.cmd === cmd) : 0;
      const packet = this.got[at];
      if (packet) {
        this.got.splice(at, 1);
        return packet;
      }
      if (this.closed) throw new Error(`closed while waiting for ${cmd ?? 'a packet'}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async ended(): Promise<void> {
    while (!this.closed) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async connect(options: Partial<IConnectPacket> & { clientId: string }): Promise<ReceivedPacket> {
    this.#clientId = options.clientId;
    this.send({
      cmd: 'connect',
      protocolId: this.version === 3 ? 'MQIsdp' : 'MQTT',
      protocolVersion: this.version,
      clean: true,
      keepalive: 0,
      ...options,
    });
    return this.next('connack');
  }

  async subscribe(topic: string | object[], qos = 0, properties?: object): Promise<ReceivedPacket> {
    const subscriptions = typeof topic === 'string' ? [{ topic, qos }] : topic;
    this.send({ cmd: 'subscribe', messageId: this.id(), subscriptions, properties });
    return this.next('suback');
  }

  id(): number {
    return (this.#id = (this.#id % 65_535) + 1);
  }

  publish(topic: string, payload: string | Buffer, options: object = {}): this {
    const packet = { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false };
    return this.send({ ...packet, messageId: this.id(), ...options });
  }

  /** At QoS 2 from PUBLISH to PUBCOMP: some brokers route a message at PUBREL only. */
  async publishExactlyOnce(topic: string, payload: string, options: object = {}): Promise<void> {
    const messageId = this.id();
    this.publish(topic, payload, { qos: 2, messageId, ...options });
    await this.next('pubrec');
    this.send({ cmd: 'pubrel', messageId });
    await this.next('pubcomp');
  }

  /**
   * What came until the broker had answered a PINGREQ: all that was under way for this client. A few
   * turns of the event loop come first, for a broker that puts deliveries off.
   */
  async settle(): Promise<ReceivedPacket[]> {
    for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
    // What others sent to another process may still be on its way there.
    for (const other of remote.get(this.#broker) ?? []) if (other !== this) await other.#ping();
    await this.#ping();
    return this.got.splice(0);
  }

  async #ping(): Promise<void> {
    if (this.#clientId === null || this.closed) return;
    this.send({ cmd: 'pingreq' });
    await this.next('pingresp');
  }

  /** The PUBLISH packets among them. */
  async messages(): Promise<ReceivedPacket[]> {
    return (await this.settle()).filter(({ cmd }) => cmd === 'publish');
  }

  /** Ends the line without DISCONNECT, and waits until the broker has let go. */
  async cut(): Promise<void> {
    this.stream.end();
    await this.ended();
    await this.#unknown();
  }

  /** DISCONNECT, and waits until the broker has let go. */
  async disconnect(options: object = {}): Promise<void> {
    this.send({ cmd: 'disconnect', reasonCode: 0, ...options });
    await this.ended();
    await this.#unknown();
  }

  async #unknown(): Promise<void> {
    const here = (): boolean | undefined =>
      this.#broker
        .state?.()
        .clients.some(({ clientId, connected: on }) => on && clientId === this.#clientId);
    while (here()) await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function connected(
  broker: Broker,
  clientId: string,
  options: Partial<IConnectPacket> = {},
  version = 4,
): Promise<RawClient> {
  const client = new RawClient(broker, version);
  await client.connect({ clientId, ...options });
  return client;
}

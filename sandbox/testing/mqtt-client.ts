/** For tests: an MQTT client on mqtt-packet that writes exactly the given packets, over any stream. */
import mqttPacket, { type Packet as AnyPacket } from 'mqtt-packet';
import type { Duplex } from 'readable-stream';
import { FrameClient } from './frame-client.ts';

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

export class MqttClient<Packet extends ReceivedPacket = ReceivedPacket> extends FrameClient {
  readonly version: number;
  /** What came and was not taken yet. */
  readonly got: Packet[] = [];
  /** Whether it acknowledges each message, and responds to PUBREL with PUBCOMP, as a complete client does. */
  acknowledges = false;
  readonly #parser: mqttPacket.Parser;
  #ids = 0;

  constructor(stream: Duplex, version = 4) {
    super(stream);
    this.version = version;
    this.#parser = mqttPacket.parser({ protocolVersion: version });
    this.#parser.on('packet', (packet: AnyPacket) => this.take(packet as unknown as Packet));
    this.#parser.on('error', () => stream.destroy());
  }

  protected override takeFrame(frame: Uint8Array): void {
    this.#parser.parse(Buffer.from(frame));
  }

  /** What becomes of a packet that has come. */
  protected take(packet: Packet): void {
    const { cmd, qos, messageId } = packet;
    if (!this.acknowledges || cmd !== 'pubrel') this.got.push(packet);
    if (!this.acknowledges) return;
    if (cmd === 'publish' && qos === 1) this.send({ cmd: 'puback', messageId });
    if (cmd === 'publish' && qos === 2) this.send({ cmd: 'pubrec', messageId });
    if (cmd === 'pubrel') this.send({ cmd: 'pubcomp', messageId });
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

  /** Takes what has come and is of one of the kinds. */
  taken(...kinds: string[]): Packet[] {
    const taken = this.got.filter(({ cmd }) => kinds.includes(cmd));
    for (const packet of taken) this.got.splice(this.got.indexOf(packet), 1);
    return taken;
  }

  /** Texts of the messages that have come, which are taken. */
  texts(): string[] {
    return this.taken('publish').map(({ payload }) => String(payload));
  }

  /** Waits for a packet of one of the kinds (of any, if none is given) and takes it; null once the line is closed. */
  async nextOrEnd(...kinds: string[]): Promise<Packet | null> {
    let packet: Packet | undefined;
    // Found and taken in one step: another caller may be waiting for the same kind.
    const take = (): boolean => {
      const at = this.got.findIndex(({ cmd }) => kinds.length === 0 || kinds.includes(cmd));
      if (at >= 0) [packet] = this.got.splice(at, 1);
      return at >= 0;
    };
    await this.holds(take, `no ${kinds.join(' or ')}`);
    return packet ?? null;
  }

  /** The same; throws once the line is closed. */
  async next(...kinds: string[]): Promise<Packet> {
    const packet = await this.nextOrEnd(...kinds);
    if (packet) return packet;
    throw new Error(`the line was closed: no ${kinds.join(' or ') || 'packet'}`);
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

  /** @param options `properties` of the packet; everything else is of each filter that is a text */
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

  /** Writes a PUBLISH and waits for nothing. */
  publish(topic: string, payload: string | Buffer, options: object = {}): this {
    const packet = { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false };
    return this.send({ ...packet, messageId: this.nextId(), ...options });
  }

  /** Resolves when it is acknowledged to the end; throws if it is refused. */
  async deliver(topic: string, payload: string, qos = 0, options: object = {}): Promise<void> {
    this.publish(topic, payload, { qos, ...options });
    if (qos === 1) await this.next('puback');
    if (qos !== 2) return;
    const { messageId, reasonCode } = await this.next('pubrec');
    if (reasonCode >= 0x80) throw new Error(`PUBREC ${reasonCode}`);
    this.send({ cmd: 'pubrel', messageId });
    await this.next('pubcomp');
  }

  /** Resolves once the broker has answered a PINGREQ: everything before it has been dealt with. */
  async ping(): Promise<void> {
    this.send({ cmd: 'pingreq' });
    await this.next('pingresp');
  }

  async disconnect(options: object = {}): Promise<void> {
    this.send({ cmd: 'disconnect', reasonCode: 0, ...options });
    await this.ended();
  }
}

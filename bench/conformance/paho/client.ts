/** One MQTT client over TCP as Paho's interoperability suites use theirs. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'readable-stream';
import { MqttClient, type ReceivedPacket as Packet } from '../../../sandbox/testing/mqtt-client.ts';

export interface Target {
  host: string;
  port: number;
  version: 4 | 5;
}
export type Properties = Record<string, unknown>;
/** A packet as a case reads it. */
export interface Got extends Packet {
  /** Of every kind and version: 0 where the packet carries none. */
  code: number;
  properties: Properties;
}

/** How long a case waits for what must come. */
const PATIENCE_MS = 15_000;

export class Client extends MqttClient<Got> {
  readonly messages: Got[] = [];
  /** Once `open` has resolved. */
  connack!: Got;
  /** Receives as ever, and neither keeps nor acknowledges messages. */
  paused = false;
  /** Keeps messages and leaves their acknowledgement to the case. */
  holdAcknowledgements = false;
  override patienceMs = PATIENCE_MS;

  /** Sends CONNECT, and resolves with CONNACK there, whatever it says. */
  static async open(target: Target, clientId: string, options: object = {}): Promise<Client> {
    const socket = connectTcp({ port: target.port, host: target.host, noDelay: true });
    await once(socket, 'connect');
    const client = Client.around(socket, target.version);
    client.connack = await client.connect(clientId, options);
    return client;
  }

  static around(socket: Socket, version: 4 | 5): Client {
    return new Client(socket as unknown as Duplex, version);
  }

  /** On the same connection: CONNECT once more. */
  connectAgain(clientId: string): void {
    this.send(this.connectPacket(clientId));
  }

  /** Until `count` messages have come; then two rounds of pings show whether there are more. */
  async receive(count: number): Promise<Got[]> {
    await this.until(() => this.messages.length >= count, `${this.messages.length} of ${count}`);
    await this.settle();
    return this.messages.splice(0);
  }

  /** Until everything that was under way has come. */
  async settle(): Promise<void> {
    for (let round = 0; round < 2; round++) await this.ping();
  }

  override subscribe(
    filters: string | (string | object)[],
    qos = 2,
    more: Properties = {},
  ): Promise<Got> {
    return super.subscribe(filters, qos, more);
  }

  async unsubscribe(filter: string): Promise<void> {
    this.send({ cmd: 'unsubscribe', messageId: this.nextId(), unsubscriptions: [filter] });
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
    const messageId = qos > 0 ? this.nextId() : undefined;
    const packet = { cmd: 'publish', topic, payload, qos, retain: false, dup: false, messageId };
    this.send({ ...packet, ...more });
  }

  async disconnect(properties: Properties = {}): Promise<void> {
    this.send({ cmd: 'disconnect', reasonCode: 0, properties });
    await this.ended();
  }

  /** Without DISCONNECT. */
  terminate(): void {
    this.stream.destroy();
  }

  protected override take(raw: Got): void {
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
    } else super.take(got);
  }
}

/** One MQTT client over TCP as Paho's interoperability suites use theirs. */
import { MqttClient, type ReceivedPacket as Packet } from '../../../sandbox/testing/mqtt-client.ts';
import { openStream } from '../../../sandbox/testing/open-stream.ts';

export interface Target {
  host: string;
  port: number;
  version: 4 | 5;
}
export type Properties = Record<string, unknown>;
/** A packet as a case reads it. */
export interface Got extends Packet {
  /** Of every kind and version: 0 if the packet carries none. */
  code: number;
  properties: Properties;
}

/** How long a case waits for an expected packet. */
const PATIENCE_MS = 15_000;

export class Client extends MqttClient<Got> {
  /** Once `open` has resolved. */
  connack!: Got;
  override patienceMs = PATIENCE_MS;
  override acknowledges = true;

  /** Sends CONNECT, and resolves with CONNACK, whatever its code. */
  static async open(target: Target, clientId: string, options: object = {}): Promise<Client> {
    const client = new Client(await openStream(target), target.version);
    client.connack = await client.connect(clientId, options);
    return client;
  }

  /** On the same connection: CONNECT once more. */
  connectAgain(clientId: string): void {
    this.send(this.connectPacket(clientId));
  }

  /** Until `count` messages have come; then two rounds of pings show whether there are more. */
  async receive(count: number): Promise<Got[]> {
    const came = (): number => this.got.filter(({ cmd }) => cmd === 'publish').length;
    await this.until(() => came() >= count, `fewer than ${count}`);
    await this.settle();
    return this.taken('publish');
  }

  /** Waits until all packets in flight have arrived. */
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

  override disconnect(properties: Properties = {}): Promise<void> {
    return super.disconnect({ properties });
  }

  protected override take(raw: Got): void {
    const code = raw.reasonCode ?? raw.returnCode ?? 0;
    super.take(Object.assign(raw, { code, properties: raw.properties ?? {} }));
  }
}

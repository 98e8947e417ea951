/**
 * A client that says no more than it is told to, and writes down all it gets: the same for both
 * brokers. It acknowledges what it receives; it never pings by itself.
 */
import { generate, parser as createParser } from 'mqtt-packet';
import type { IConnectPacket, Packet } from 'mqtt-packet';
import type { MqttVersion, QoS } from '../../protocol/mqtt.ts';
import { openWire } from './wire.ts';
import type { Reach, Wire } from './wire.ts';

export interface ConnectOptions {
  clientId: string;
  user?: string;
  password?: string;
  version?: MqttVersion;
  clean?: boolean;
  keepAlive?: number;
  will?: { topic: string; payload: string; qos?: QoS; retain?: boolean };
}

export class DifferentialClient {
  /** Messages since they were last taken, as `topic=payload q<QoS> r<retain>`. */
  #messages: string[] = [];
  readonly #wire: Wire;
  readonly #version: MqttVersion;
  #waiting: { take: (packet: Packet) => boolean; done: (packet: Packet | 'closed') => void }[] = [];
  closed = false;
  #id = 0;

  private constructor(wire: Wire, version: MqttVersion) {
    this.#wire = wire;
    this.#version = version;
  }

  /** The client, and CONNACK's code with what its properties say; `closed` where none came. */
  static async open(
    reach: Reach,
    options: ConnectOptions,
  ): Promise<{ client: DifferentialClient; answer: string }> {
    const version = options.version ?? 4;
    const parser = createParser({ protocolVersion: version });
    const made: { client?: DifferentialClient } = {};
    const closed = () => {
      if (made.client) made.client.#close();
    };
    parser.on('packet', (packet: Packet) => {
      if (made.client) made.client.#take(packet);
    });
    parser.on('error', closed);
    const wire = await openWire(reach, (bytes) => parser.parse(Buffer.from(bytes)), closed);
    if (wire === 'refused') {
      const nobody = new DifferentialClient({ send() {}, destroy() {} }, version);
      nobody.closed = true;
      return { client: nobody, answer: 'no connection' };
    }
    const client = new DifferentialClient(wire, version);
    made.client = client;
    const answer = client.#answer((packet) => packet.cmd === 'connack');
    client.#send(connectPacket(options, version));
    const connack = await answer;
    return { client, answer: connack === 'closed' ? 'closed' : told(connack) };
  }

  async subscribe(filters: readonly string[], qos: QoS = 0): Promise<string> {
    const messageId = this.#nextId();
    const answer = this.#answer((packet) => packet.cmd === 'suback');
    const subscriptions = filters.map((topic) => ({ topic, qos }));
    this.#send({ cmd: 'subscribe', messageId, subscriptions } as Packet);
    const suback = await answer;
    if (suback === 'closed' || suback.cmd !== 'suback') return 'closed';
    return `granted ${suback.granted.map(Number).join(' ')}`;
  }

  /** The answer's reason; a QoS 0 publish is known to be handled when the ping after it is. */
  async publish(topic: string, payload: string, qos: QoS = 0, retain = false): Promise<string> {
    const messageId = qos > 0 ? this.#nextId() : undefined;
    const answer =
      qos === 0
        ? this.#answer((packet) => packet.cmd === 'pingresp' || packet.cmd === 'disconnect')
        : this.#answer(({ cmd }) => cmd === 'puback' || cmd === 'pubrec' || cmd === 'disconnect');
    this.#send({ cmd: 'publish', topic, payload, qos, retain, dup: false, messageId } as Packet);
    if (qos === 0) this.#send({ cmd: 'pingreq' });
    const packet = await answer;
    if (packet === 'closed') return 'closed';
    const { cmd } = packet;
    const code = reasonOf(packet);
    if (cmd === 'pingresp') return 'alive';
    if (cmd === 'disconnect') return `disconnect ${code}`;
    if (cmd !== 'pubrec' || code >= 0x80) return `${cmd} ${code}`;
    const completed = this.#answer((next) => next.cmd === 'pubcomp');
    this.#send({ cmd: 'pubrel', messageId } as Packet);
    const pubcomp = await completed;
    return pubcomp === 'closed' ? 'pubrec, closed' : `pubrec ${code}, pubcomp`;
  }

  /** Everything that was under way has come when the answer has. */
  async ping(): Promise<void> {
    if (this.closed) return;
    const answer = this.#answer((packet) => packet.cmd === 'pingresp');
    this.#send({ cmd: 'pingreq' });
    await answer;
  }

  takeMessages(): string[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  get waitingMessages(): number {
    return this.#messages.length;
  }

  /** With DISCONNECT, or without one: then the broker sends the will. */
  async end(gracefully: boolean): Promise<void> {
    if (this.closed) return;
    const answer = this.#answer(() => false);
    if (gracefully) this.#send({ cmd: 'disconnect' } as Packet);
    else this.#wire.destroy();
    await answer;
  }

  destroy(): void {
    this.#wire.destroy();
  }

  #nextId(): number {
    this.#id += 1;
    return this.#id;
  }

  #send(packet: Packet): void {
    if (!this.closed) this.#wire.send(generate(packet, { protocolVersion: this.#version }));
  }

  #answer(take: (packet: Packet) => boolean): Promise<Packet | 'closed'> {
    if (this.closed) return Promise.resolve('closed');
    return new Promise((done) => this.#waiting.push({ take, done }));
  }

  #take(packet: Packet): void {
    if (packet.cmd === 'publish') {
      const { topic, payload, qos, retain, messageId } = packet;
      this.#messages.push(`${topic}=${String(payload)} q${qos} r${retain ? 1 : 0}`);
      if (qos === 1) this.#send({ cmd: 'puback', messageId } as Packet);
      if (qos === 2) this.#send({ cmd: 'pubrec', messageId } as Packet);
      return;
    }
    if (packet.cmd === 'pubrel') {
      this.#send({ cmd: 'pubcomp', messageId: packet.messageId } as Packet);
      return;
    }
    const index = this.#waiting.findIndex(({ take }) => take(packet));
    if (index >= 0) this.#waiting.splice(index, 1)[0]?.done(packet);
  }

  #close(): void {
    if (this.closed) return;
    this.closed = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { done } of waiting) done('closed');
  }
}

function connectPacket(options: ConnectOptions, version: MqttVersion): IConnectPacket {
  const { clientId, user, password, will } = options;
  const packet: IConnectPacket = {
    cmd: 'connect',
    protocolId: version === 3 ? 'MQIsdp' : 'MQTT',
    protocolVersion: version,
    clean: options.clean ?? true,
    clientId,
    keepalive: options.keepAlive ?? 60,
  };
  if (user !== undefined) packet.username = user;
  if (password !== undefined) packet.password = Buffer.from(password);
  if (version === 5)
    packet.properties = { sessionExpiryInterval: options.clean === false ? 60 : 0 };
  if (will) {
    const { topic, payload, qos = 0, retain = false } = will;
    packet.will = { topic, payload: Buffer.from(payload), qos, retain };
  }
  return packet;
}

const reasonOf = (packet: Packet): number =>
  'reasonCode' in packet && typeof packet.reasonCode === 'number' ? packet.reasonCode : 0;

/** CONNACK in a line: code, session, and the limits that a broker tells of itself. */
function told(packet: Packet): string {
  if (packet.cmd !== 'connack') return packet.cmd;
  const code = packet.returnCode ?? packet.reasonCode ?? 0;
  const properties = packet.properties ?? {};
  const limits = (
    [
      'maximumQoS',
      'retainAvailable',
      'serverKeepAlive',
      'maximumPacketSize',
      'receiveMaximum',
    ] as const
  )
    .filter((name) => properties[name] !== undefined)
    .map((name) => ` ${name} ${Number(properties[name])}`);
  return `connack ${code}${packet.sessionPresent ? ' session' : ''}${limits.join('')}`;
}

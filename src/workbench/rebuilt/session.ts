import { matches, sharedFilter } from '../../../sandbox/mqtt/topic-match.ts';
import type { ConnackPacket, ConnectPacket, PublishPacket, QoS } from '../../../sandbox/protocol/mqtt.ts'; // prettier-ignore
import type { ClientState } from '../../../sandbox/protocol/state.ts';

/** An application message, with what routing needs of it. */
export interface Message extends Pick<PublishPacket, 'topic' | 'payload' | 'qos' | 'retain'> {
  /** Key of the session that published it; undefined: the room. */
  publisher: string | undefined;
  /** Milliseconds of the room's clock. */
  at: number;
  /** When it expires; undefined: never. */
  expiresAt: number | undefined;
}
export interface Subscription {
  filter: string;
  qos: QoS;
  noLocal: boolean;
}
type Inflight = ClientState['inflight'][number];

/** Mosquitto's default: unacknowledged messages to one client. */
const brokerWindow = 20;

/** What the broker keeps for one client, as far as the trace shows it. */
export class RebuiltSession {
  readonly key: string;
  line = 0;
  connected = true;
  will: ConnectPacket['will'];
  /** When it ends without its client, in milliseconds of the room's clock. */
  endsAt = Infinity;
  readonly subscriptions = new Map<string, Subscription>();
  /** Routed, and not seen on the wire yet. */
  queue: Message[] = [];
  readonly outgoing = new Map<number, Inflight>();
  readonly incoming = new Set<number>();
  #connect!: ConnectPacket;
  #clientId = '';
  #keepAlive = 0;
  /** Seconds; 0xFFFFFFFF: for ever. */
  #expiry = 0;

  constructor(key: string) {
    this.key = key;
  }

  open(line: number, connect: ConnectPacket, { properties }: ConnackPacket): void {
    const { version, clean, will } = connect;
    Object.assign(this, { line, connected: true, will, endsAt: Infinity });
    this.#connect = connect;
    this.#clientId = connect.clientId || (properties?.assignedClientIdentifier ?? '');
    this.#keepAlive = properties?.serverKeepAlive ?? connect.keepAlive;
    const asked = connect.properties?.sessionExpiryInterval ?? 0;
    this.#expiry =
      version === 5 ? (properties?.sessionExpiryInterval ?? asked) : clean ? 0 : forEver;
  }
  /** 5.0 section 3.14.2.2.2: the client's last word on how long its session is kept. */
  expireAfter(seconds: number | undefined): void {
    if (seconds !== undefined) this.#expiry = seconds;
  }
  /** Mosquitto writes it to its file: its client connected without Clean Start. */
  get isSaved(): boolean {
    return !this.#connect.clean;
  }
  /** As it is in the broker's file, and again in the process that reads it. */
  copy(at: number): RebuiltSession {
    const copy = new RebuiltSession(this.key);
    copy.#connect = this.#connect;
    copy.#clientId = this.#clientId;
    copy.#keepAlive = this.#keepAlive;
    copy.#expiry = this.#expiry;
    copy.connected = false;
    copy.endsAt =
      this.connected && this.#expiry !== forEver ? at + this.#expiry * 1000 : this.endsAt;
    for (const [filter, one] of this.subscriptions) {
      if (!sharedFilter(filter)) copy.subscriptions.set(filter, one);
    }
    copy.queue = this.connected && !this.#isFull ? [] : [...this.queue];
    for (const [id, one] of this.outgoing) copy.outgoing.set(id, { ...one });
    for (const id of this.incoming) copy.incoming.add(id);
    return copy;
  }
  /** Returns whether the session is kept. */
  close(at: number): boolean {
    // With room in its window the broker has sent everything.
    if (!this.#isFull) this.queue = [];
    this.connected = false;
    this.will = undefined;
    if (this.#expiry !== forEver) this.endsAt = at + this.#expiry * 1000;
    return this.#expiry > 0;
  }

  /** The highest QoS at which it is granted a message; undefined if it does not receive it. */
  granted({ topic, publisher }: Message, counts: (filter: string) => boolean): QoS | undefined {
    let granted: QoS | undefined;
    for (const { filter, qos, noLocal } of this.subscriptions.values()) {
      if ((noLocal && publisher === this.key) || !counts(filter)) continue;
      if (matches(filter, topic) && qos >= (granted ?? 0)) granted = qos;
    }
    return granted;
  }
  /** A PUBLISH of QoS 1 or 2 was sent to it. What was queued before it has been sent or dropped. */
  sent(packetId: number, { topic, payload, qos }: PublishPacket): void {
    const known = this.outgoing.get(packetId);
    if (known) return;
    const waitsFor = qos === 1 ? 'PUBACK' : 'PUBREC';
    this.outgoing.set(packetId, { packetId, direction: 'to-client', qos, waitsFor });
    const at = this.queue.findIndex((one) => one.topic === topic && isSame(one.payload, payload));
    this.queue.splice(0, at + 1);
  }
  acknowledged(kind: 'PUBACK' | 'PUBREC' | 'PUBCOMP', packetId: number, reasonCode: number): void {
    const exchange = this.outgoing.get(packetId);
    if (!exchange) return;
    if (kind !== 'PUBREC' || reasonCode >= 0x80) this.outgoing.delete(packetId);
    else if (exchange.qos === 2) exchange.waitsFor = 'PUBCOMP';
  }

  get state(): ClientState {
    const { version, clean, userName } = this.#connect;
    const { will } = this;
    const incoming = [...this.incoming].map((packetId): Inflight => ({ packetId, direction: 'to-broker', qos: 2, waitsFor: 'PUBREL' })); // prettier-ignore
    return {
      ...{ clientId: this.#clientId, connected: this.connected, version, clean },
      keepAlive: this.#keepAlive,
      ...(userName !== undefined && { userName }),
      ...(will && { will: { topic: will.topic, payload: will.payload, qos: will.qos, retain: will.retain } }), // prettier-ignore
      subscriptions: [...this.subscriptions.values()].map(({ filter, qos }) => ({ filter, qos })),
      queued: this.connected && !this.#isFull ? 0 : this.queue.length,
      inflight: [...[...this.outgoing.values()].map((one) => ({ ...one })), ...incoming],
    };
  }
  /** The broker may send no more before it has an acknowledgement [MQTT-3.3.4-9]. */
  get #isFull(): boolean {
    const most = this.#connect.properties?.receiveMaximum ?? brokerWindow;
    return this.outgoing.size >= Math.min(most, brokerWindow);
  }
}

const forEver = 0xffff_ffff;
const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

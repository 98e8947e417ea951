/**
 * The broker's state, rebuilt from the trace: what it held after any entry. What an entry shows is
 * believed (CONNACK, SUBACK, deliveries); what the broker decided unseen follows from the rules of MQTT.
 */
import { sharedFilter } from '../../../sandbox/mqtt/topic-match.ts';
import type { Packet, PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import type { BrokerEntry, LineClosedEntry, PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts'; // prettier-ignore
import { readPacket } from '../trace/clients.ts';
import { TopicAliases } from '../trace/topic-aliases.ts';
import { Arrivals } from './arrivals.ts';
import { RebuiltDisk } from './disk.ts';
import { type Line, Lines } from './lines.ts';
import { RebuiltRetained } from './retained.ts';
import { type Message, RebuiltSession } from './session.ts';
import { messageOf, Undecided } from './undecided.ts';
import { DelayedWills } from './wills.ts';

export interface RebuiltState extends Omit<BrokerState, 'cloud'> {
  /** By topic: since when the broker keeps it, in milliseconds of the room's clock. */
  retainedSince: ReadonlyMap<string, number>;
}

export class RebuiltBroker {
  readonly #lines = new Lines();
  readonly #arrivals = new Arrivals();
  readonly #aliases = new TopicAliases();
  readonly #undecided = new Undecided();
  #retained = new RebuiltRetained();
  readonly #disk = new RebuiltDisk();
  readonly #wills = new DelayedWills();
  readonly #sessions = new Map<string, RebuiltSession>();
  /** Messages that wait for one session; known once a limit was reached. */
  #mostQueued = Infinity;

  /** @param retained what the exercise's scene puts into the broker at first */
  constructor(retained: readonly { topic: string; payload: string; qos?: 0 | 1 | 2 }[] = []) {
    for (const { topic, payload, qos = 0 } of retained) {
      const bytes = new TextEncoder().encode(payload);
      const message = { topic, payload: bytes, qos, retain: true, publisher: undefined };
      this.#retained.set({ ...message, at: 0, expiresAt: undefined });
    }
  }

  add(entry: TraceEntry): void {
    this.#until(entry.at);
    switch (entry.type) {
      case 'packet':
        return entry.direction === 'to-client' ? this.#sent(entry) : this.#sentToBroker(entry);
      case 'fault':
        return this.#arrivals.fault(entry);
      case 'line-closed':
        return this.#closed(entry);
      case 'retained-cleared':
        this.#decide();
        return this.#retained.delete(entry.topic);
      case 'broker':
        return this.#process(entry);
      case 'log':
        return this.#undecided.log(entry.text);
      case 'limit':
        if (entry.limit === 'queuedMessages') this.#mostQueued = entry.value;
        if (entry.limit === 'offlineSessions') this.#evictOldest();
    }
  }
  /** `at`: milliseconds of the room's clock, not before the last entry. */
  stateAt(at: number): RebuiltState {
    this.#until(at);
    this.#decide();
    this.#retained.expire(at);
    return {
      clients: [...this.#sessions.values()].map(({ state }) => state),
      retained: this.#retained.state,
      retainedSince: this.#retained.since,
      ...(this.#disk.process && { process: this.#disk.process }),
    };
  }

  #until(at: number): void {
    for (const entry of this.#arrivals.until(at)) this.#arrived(entry);
    for (const { key, will, due } of this.#wills.until(at)) this.#publishWill(key, will, due);
    for (const session of this.#sessions.values()) {
      if (session.endsAt <= at) this.#sessions.delete(session.key);
    }
  }

  // ── Client → broker ──

  #sentToBroker(entry: PacketEntry): void {
    for (const each of this.#arrivals.add(entry)) this.#arrived(each);
  }
  #arrived(entry: PacketEntry): void {
    const line = this.#lines.of(entry.line);
    const packet = readPacket(entry);
    const session = this.#sessionOf(line);
    if (!packet) return;
    switch (packet.kind) {
      case 'CONNECT':
        line.connect = packet;
        return;
      case 'PUBLISH':
        return this.#published(entry, line);
      case 'SUBSCRIBE':
      case 'UNSUBSCRIBE':
        return void line.requests.set(packet.packetId, packet);
      case 'PUBACK':
      case 'PUBREC':
      case 'PUBCOMP':
        return session?.acknowledged(packet.kind, packet.packetId, packet.reasonCode);
      case 'PUBREL':
        // Before it comes what was published before it.
        this.#decide();
        return void session?.incoming.delete(packet.packetId);
      case 'DISCONNECT':
        // 0x04 of MQTT 5.0 has the will published [MQTT-3.14.4-3].
        line.saidGoodbye = packet.reasonCode !== 4;
        return session?.expireAfter(packet.properties?.sessionExpiryInterval);
    }
  }
  #published(entry: PacketEntry, line: Line): void {
    const packet = this.#aliases.read(entry);
    if (!packet || line.session === undefined) return;
    this.#undecided.add({ line: line.id, packet, publisher: line.session, at: entry.at });
  }
  /** The broker has published what nothing shows that it refused. */
  #decide(): void {
    for (const { packet, publisher, at } of this.#undecided.take()) {
      const session = this.#sessions.get(publisher);
      // 3.1.1 [MQTT-4.3.3-2]: a message that is known already is only acknowledged.
      if (packet.qos === 2 && session?.incoming.has(packet.packetId!)) continue;
      if (packet.qos === 2) session?.incoming.add(packet.packetId!);
      this.#route(messageOf(packet, publisher, at));
    }
  }
  #route(message: Message): void {
    if (message.retain) this.#retained.set(message);
    if (message.qos === 0) return;
    for (const session of this.#sessions.values()) {
      const granted = session.granted(message, (filter) => this.#isAlone(filter));
      if (granted && session.queue.length < this.#mostQueued) session.queue.push(message);
    }
  }
  /** Which member of a group gets a message is seen only if it is sent. */
  #isAlone(filter: string): boolean {
    if (!sharedFilter(filter)) return true;
    const members = [...this.#sessions.values()].filter((one) => one.subscriptions.has(filter));
    return members.length === 1;
  }
  #publishWill(key: string, will: NonNullable<RebuiltSession['will']>, at: number): void {
    this.#route(messageOf(will, key, at));
  }

  // ── Broker → client ──

  #sent(entry: PacketEntry): void {
    const line = this.#lines.of(entry.line);
    const isThawed = entry.fate !== 'held' && entry.fate !== 'dropped';
    if (isThawed) for (const held of this.#arrivals.thawed(line.id)) this.#arrived(held);
    const packet = entry.bytes[0]! >> 4 === 3 ? this.#aliases.read(entry) : readPacket(entry);
    if (!packet) return;
    this.#undecided.acknowledged(line.id, packet);
    this.#decide();
    this.#respond(line, packet);
  }
  #respond(line: Line, packet: Packet): void {
    const session = this.#sessionOf(line);
    if (packet.kind === 'CONNACK') this.#accepted(line, packet);
    else if (packet.kind === 'PUBLISH' && packet.qos > 0) {
      session?.sent(packet.packetId!, packet satisfies PublishPacket);
    } else if (packet.kind === 'SUBACK' || packet.kind === 'UNSUBACK') {
      const request = line.requests.get(packet.packetId);
      line.requests.delete(packet.packetId);
      if (request?.kind === 'UNSUBSCRIBE') {
        for (const filter of request.filters) session?.subscriptions.delete(filter);
      }
      if (request?.kind !== 'SUBSCRIBE') return;
      request.subscriptions.forEach(({ filter, noLocal = false }, at) => {
        const qos = packet.reasonCodes[at] ?? 0x80;
        if (qos <= 2) session?.subscriptions.set(filter, { filter, qos: qos as 0 | 1 | 2, noLocal });
      });
    }
  } // prettier-ignore
  #accepted(line: Line, packet: Packet & { kind: 'CONNACK' }): void {
    const { connect } = line;
    if (packet.reasonCode !== 0 || !connect) return;
    const id = connect.clientId || packet.properties?.assignedClientIdentifier;
    const key = id || `line ${line.id}`;
    const old = this.#sessions.get(key);
    const waiting = this.#wills.take(key);
    // 5.0 [MQTT-3.1.2-8]: a clean start ends the session, and its delayed will is due.
    if (waiting && connect.clean) this.#publishWill(key, waiting.will, waiting.due);
    const isKept = old && !connect.clean && (packet.sessionPresent || connect.version === 3);
    if (old && !isKept) this.#sessions.delete(key);
    const session = isKept ? old : new RebuiltSession(key);
    session.open(line.id, connect, packet);
    this.#sessions.set(key, session);
    line.session = key;
  }

  // ── The broker's process ──

  /** No packet shows them: the broker publishes all wills before it saves. */
  #publishWills(at: number): void {
    for (const { key, will, connected, line } of this.#sessions.values()) {
      if (will && connected && !this.#lines.of(line).saidGoodbye) this.#publishWill(key, will, at);
    }
    for (const { key, will } of this.#wills.until(Infinity)) this.#publishWill(key, will, at);
  }

  #process(entry: BrokerEntry): void {
    this.#decide();
    if (entry.what === 'stopped') this.#publishWills(entry.at);
    const left = this.#disk.after(entry, { retained: this.#retained, sessions: this.#sessions });
    if (!left) return;
    this.#retained = left.retained;
    this.#wills.clear();
    this.#sessions.clear();
    for (const session of left.sessions) this.#sessions.set(session.key, session);
  }

  // ── The end of a connection, and of a session ──

  #closed({ line: id, at, by }: LineClosedEntry): void {
    this.#decide();
    const line = this.#lines.of(id);
    const session = this.#sessionOf(line);
    this.#arrivals.closed(id);
    this.#lines.closed(id);
    if (!session || by === 'room') return;
    const { will, key } = session;
    const isKept = session.close(at);
    if (!isKept) this.#sessions.delete(key);
    if (!will || line.saidGoodbye) return;
    if (!this.#wills.wait(key, will, at, session.endsAt)) this.#publishWill(key, will, at);
  }
  /** The session that a line works on; none if another line has taken it over. */
  #sessionOf(line: Line): RebuiltSession | undefined {
    const session = line.session === undefined ? undefined : this.#sessions.get(line.session);
    return session?.line === line.id && session.connected ? session : undefined;
  }
  /** The sandbox keeps a bounded number of sessions whose clients are away. */
  #evictOldest(): void {
    const oldest = [...this.#sessions.values()].find(({ connected }) => !connected);
    if (oldest) this.#sessions.delete(oldest.key);
  }
}

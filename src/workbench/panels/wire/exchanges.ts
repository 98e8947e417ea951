/**
 * Which acknowledgement belongs to which PUBLISH: packets of QoS 1 and 2 grouped by client, packet
 * identifier and direction, across reconnects.
 */
import type { MqttVersion, Packet } from '../../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry, TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { readPacket } from '../../trace/clients.ts';
import {
  after,
  type HandshakeEvent,
  type HandshakeKind,
  type Hold,
  isOver,
  nothingHeld,
} from './handshake.ts';
import { Sessions } from './sessions.ts';

export interface Exchange {
  /** 1, 2, 3 … in the order in which they began. */
  id: number;
  /** Of the PUBLISH. Identifiers of the two directions have nothing to do with each other (2.2.1). */
  sender: 'client' | 'broker';
  /** Whose session: the client id. */
  client: string;
  /** The line that it was last seen on. */
  line: number;
  version: MqttVersion;
  qos: 1 | 2;
  packetId: number;
  /** Absent if the PUBLISH is no longer in the trace, or only had a topic alias. */
  topic?: string;
  /** Beside which other open exchanges of its client it is drawn: 0, 1, 2 … */
  lane: number;
  hold: Hold;
  /** What happened, by the number of the trace entry. */
  events: { n: number; event: HandshakeEvent }[];
}

/** What is open at one moment; of very many only the oldest are named. Never changed once made. */
export interface OpenExchanges {
  readonly named: readonly Exchange[];
  readonly count: number;
}

/** Named at a moment: more can neither be drawn nor read. */
const mostNamed = 12;
/** Remembered after they are over, because their packets may come once more. */
const mostKept = 4_096;
export const noneOpen: OpenExchanges = { named: [], count: 0 };

/** What both sides held once entry `n` had happened. */
export function holdAt(exchange: Exchange, n: number): Hold {
  let hold = nothingHeld;
  for (const each of exchange.events) if (each.n <= n) hold = after(hold, each.event);
  return hold;
}

/** How an exchange that was over after entry `n` came to its end: to the last packet, or with its session. */
export function endAt(exchange: Exchange, n: number): 'over' | 'forgotten' {
  return exchange.events.findLast((each) => each.n <= n)?.event.do === 'lost'
    ? 'forgotten'
    : 'over';
}

export class Exchanges {
  open: OpenExchanges = noneOpen;
  readonly sessions = new Sessions();
  readonly #open = new Map<number, Exchange>();
  readonly #byKey = new Map<string, Exchange>();
  /** Packets that a frozen line holds back, by line and direction. */
  readonly #held = new Map<string, { exchange: Exchange; event: HandshakeEvent }[]>();
  readonly #lanes = new Map<string, Set<number>>();
  #count = 0;
  #changed = false;

  /** Answers the exchange that the entry is a part of. */
  add(entry: TraceEntry): Exchange | undefined {
    this.#changed = false;
    const exchange = this.#add(entry);
    if (this.#changed) {
      const named: Exchange[] = [];
      for (const each of this.#open.values()) if (named.push(each) === mostNamed) break;
      this.open = { named, count: this.#open.size };
    }
    return exchange;
  }

  #add(entry: TraceEntry): Exchange | undefined {
    if (entry.type === 'line-closed') {
      for (const direction of ['to-broker', 'to-client'])
        this.#held.delete(`${entry.line} ${direction}`);
      this.#lost(this.sessions.close(entry.line), entry.n);
    }
    if (entry.type !== 'packet') return undefined;
    if (entry.fate !== 'held' && entry.fate !== 'dropped') this.#thawed(entry);
    const kind = entry.bytes[0]! >> 4;
    // CONNECT, CONNACK and DISCONNECT tell of sessions; 3 … 7 are PUBLISH … PUBCOMP.
    if (kind === 1 || kind === 2 || kind === 14) {
      const packet = readPacket(entry);
      if (packet && arrives(entry)) this.#lost(this.sessions.add(entry.line, packet), entry.n);
    }
    if (kind < 3 || kind > 7 || (kind === 3 && (entry.bytes[0]! & 0x06) === 0)) return undefined;
    const packet = readPacket(entry);
    return packet && this.#acknowledged(entry, packet);
  }

  #acknowledged(entry: PacketEntry, packet: Packet): Exchange | undefined {
    if (!('packetId' in packet) || packet.packetId === undefined) return undefined;
    const kind = packet.kind as HandshakeKind;
    const fromSender = kind === 'PUBLISH' || kind === 'PUBREL';
    const sender = (entry.direction === 'to-broker') === fromSender ? 'client' : 'broker';
    const client = this.sessions.clientOf(entry.line);
    const key = `${sender} ${packet.packetId} ${client}`;
    let exchange = this.#byKey.get(key);
    if (packet.kind === 'PUBLISH') {
      if (exchange && !isAgain(exchange, entry, packet)) {
        // The identifier has a new message: whatever the old one waited for will not come.
        for (const side of ['sender', 'receiver'] as const)
          this.#apply(exchange, entry.n, { do: 'lost', side });
        exchange = undefined;
      }
      exchange ??= this.#begin(key, {
        sender,
        client,
        line: entry.line,
        version: entry.version,
        qos: packet.qos as 1 | 2,
        packetId: packet.packetId,
      });
      if (packet.topic) exchange.topic = packet.topic;
    } else if (kind === 'PUBREL') {
      exchange ??= this.#begin(key, {
        sender,
        client,
        line: entry.line,
        version: entry.version,
        qos: 2,
        packetId: packet.packetId,
      });
    }
    // An acknowledgement of nothing belongs to nothing.
    if (!exchange) return undefined;
    exchange.line = entry.line;
    const refused = 'reasonCode' in packet && packet.reasonCode >= 0x80;
    const moved = { kind, qos: exchange.qos, ...(refused && { refused }) };
    this.#apply(exchange, entry.n, { do: 'sent', ...moved });
    const event: HandshakeEvent = { do: 'arrived', ...moved };
    if (arrives(entry)) this.#apply(exchange, entry.n, event);
    else if (entry.fate === 'held') {
      const where = `${entry.line} ${entry.direction}`;
      const held = this.#held.get(where) ?? [];
      held.push({ exchange, event });
      this.#held.set(where, held);
    }
    return exchange;
  }

  /** A packet that passes a line has others before it no longer: what was frozen has gone through. */
  #thawed({ line, direction, n }: PacketEntry): void {
    const held = this.#held.get(`${line} ${direction}`);
    if (!held) return;
    this.#held.delete(`${line} ${direction}`);
    for (const { exchange, event } of held) this.#apply(exchange, n, event);
  }

  /** Both sides' state belongs to the session and ends with it (4.1). */
  #lost(client: string | undefined, n: number): void {
    if (client === undefined) return;
    for (const exchange of this.#open.values()) {
      if (exchange.client !== client) continue;
      for (const side of ['sender', 'receiver'] as const)
        this.#apply(exchange, n, { do: 'lost', side });
    }
  }

  #begin(key: string, start: Omit<Exchange, 'id' | 'lane' | 'hold' | 'events'>): Exchange {
    const exchange: Exchange = {
      ...start,
      id: ++this.#count,
      lane: -1,
      hold: nothingHeld,
      events: [],
    };
    // Set anew, so that the oldest stands first.
    this.#byKey.delete(key);
    this.#byKey.set(key, exchange);
    if (this.#byKey.size > mostKept) {
      for (const [old, each] of this.#byKey) {
        if (isOver(each.hold)) this.#byKey.delete(old);
        if (this.#byKey.size <= mostKept) break;
      }
    }
    return exchange;
  }

  #apply(exchange: Exchange, n: number, event: HandshakeEvent): void {
    exchange.hold = after(exchange.hold, event);
    exchange.events.push({ n, event });
    const lanes = this.#lanes.get(exchange.client) ?? new Set<number>();
    this.#lanes.set(exchange.client, lanes);
    const isOpen = this.#open.has(exchange.id);
    if (isOpen === !isOver(exchange.hold)) return;
    this.#changed = true;
    if (isOpen) {
      this.#open.delete(exchange.id);
      lanes.delete(exchange.lane);
    } else {
      exchange.lane = 0;
      while (lanes.has(exchange.lane)) exchange.lane += 1;
      lanes.add(exchange.lane);
      this.#open.set(exchange.id, exchange);
    }
  }
}

/**
 * The same message once more: DUP says so [MQTT-3.3.1-1]. On the line that has already seen it end
 * it is a new message whatever DUP says (5.0 [MQTT-4.3.2-5], [MQTT-4.3.3-12]); on another line the
 * last acknowledgement never reached the sender.
 */
function isAgain(
  exchange: Exchange,
  entry: PacketEntry,
  packet: Packet & { kind: 'PUBLISH' },
): boolean {
  if (!packet.dup || exchange.qos !== packet.qos) return false;
  return !isOver(exchange.hold) || exchange.line !== entry.line;
}

/** As far as the trace can tell: a delayed packet comes later, a duplicated one comes twice. */
const arrives = ({ fate }: PacketEntry): boolean =>
  fate === 'passed' || fate === 'delayed' || fate === 'duplicated';

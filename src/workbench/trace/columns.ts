/** Who has a column in the diagram, and where it stands: publishers left of the broker, subscribers right. */
import type { BrokerName } from '../../../sandbox/protocol/exercise.ts';
import type { Direction } from '../../../sandbox/protocol/mqtt.ts';
import type { LineOpenedEntry, OnCloud, PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts'; // prettier-ignore
import { type ClientRole, readPacket } from './clients.ts';

export interface Column {
  /** Unique in a run. */
  key: string;
  /** The device's or actor's name, else the client id, else undefined. */
  name: string | undefined;
  clientId: string | undefined;
  /** The first line of it, for a client that has no other name. */
  line: number;
  role: ClientRole;
  side: 'left' | 'right';
  /** Its client is connected to the room's second broker. */
  on?: OnCloud;
  /** The second broker itself: the lines of bridges between the two are its. */
  isBroker?: true;
}

/** More clients than these share the last column: a screen has no room for them. */
const mostColumns = 24;
/** Topics whose publisher is remembered. */
const mostTopics = 1_000;
/** So many messages more in one direction decide who stands where; and so many, who changes sides. */
const [clearNet, turningNet] = [1, 3];

/**
 * Learnt from the trace. Who only publishes stands left, who only subscribes stands right. Who does both
 * stands across from the others; where there is no such other, what it did first decides. So a column
 * changes its place only when a client does something for the first time.
 */
export class Columns {
  /** In the order in which they stand, broker between them. */
  left: Column[] = [];
  right: Column[] = [];
  /** In the order in which they came. */
  readonly #columns: Column[] = [];
  /** Among clients that all do both: of the messages that passed between them, sent less received. */
  readonly #net = new Map<Column, number>();
  /** Whose side messages have decided. */
  readonly #settled = new Set<Column>();
  /** By topic: who published to it last. */
  readonly #publishers = new Map<string, Column>();
  /** What each did first, and in which order they did it. */
  readonly #first = new Map<Column, 'publisher' | 'subscriber'>();
  /** Counts changes of what stands where, or is called what. */
  version = 0;
  readonly #byLine = new Map<number, Column>();
  readonly #names = new Map<number, Pick<LineOpenedEntry, 'role' | 'name' | 'on'>>();
  readonly #outward = new Set<number>();
  #opener: BrokerName = 'house';
  readonly #openLines = new Map<Column, Set<number>>();

  /** Undefined until the line's client is known. */
  of(line: number): Column | undefined {
    return this.#byLine.get(line);
  }
  /** The second broker, once something has been seen of it. */
  get cloud(): Column | undefined {
    return this.#columns.find(({ isBroker }) => isBroker);
  }
  /** A line that the usual broker has opened to the second one: its client is the usual broker. */
  isOutward(line: number): boolean {
    return this.#outward.has(line);
  }
  /** The broker whose bridge has opened a line to the other last: faults know its lines by that name. */
  get opener(): BrokerName {
    return this.#opener;
  }
  /** Which way a packet goes, seen from the usual broker: one that it sends over a bridge goes to a client. */
  directionOf({ line, direction }: PacketEntry): Direction {
    if (!this.isOutward(line)) return direction;
    return direction === 'to-broker' ? 'to-client' : 'to-broker';
  }
  get all(): Column[] {
    return [...this.left, ...this.right];
  }

  add(entry: TraceEntry): void {
    if (entry.type === 'line-opened') {
      this.#names.set(entry.line, entry);
      if (isBetween(entry)) return this.#bridged(entry);
      if (entry.on) this.#ofCloud(entry.line);
      // Who an outside client is, its CONNECT says; so it does where a program has two clients.
      if (entry.name === undefined) return;
      const column = this.all.find(
        ({ name, on, isBroker }) => name === entry.name && on === entry.on && !isBroker,
      );
      if (!column || this.#openLines.get(column)!.size === 0) this.#join(entry.line, column);
      return;
    }
    if (entry.type === 'line-closed') {
      const column = this.of(entry.line) ?? this.#join(entry.line, undefined);
      this.#openLines.get(column)!.delete(entry.line);
      return;
    }
    if (!('line' in entry) || entry.line === undefined) return;
    const kind =
      entry.type === 'packet' && entry.direction === 'to-broker' ? entry.bytes[0]! >> 4 : 0;
    if (kind === 1 && entry.type === 'packet') {
      const packet = readPacket(entry);
      if (packet?.kind === 'CONNECT') this.#connected(entry.line, packet.clientId);
    }
    const column = this.of(entry.line) ?? this.#join(entry.line, undefined);
    if (entry.type === 'packet' && entry.bytes[0]! >> 4 === 3) this.#passed(entry, column);
    if (kind === 3) this.#does(column, 'publisher');
    if (kind === 8) this.#does(column, 'subscriber');
  }

  #ofCloud(line: number): Column {
    const known = this.cloud;
    if (known) return known;
    const key = 'broker/cloud';
    const column: Column = {
      ...{ key, name: 'cloud', clientId: undefined, line, role: 'client', side: 'right' },
      isBroker: true,
    };
    this.#openLines.set(column, new Set());
    this.#columns.push(column);
    this.#arrange();
    this.version += 1;
    return column;
  }
  #bridged({ line, name }: LineOpenedEntry): void {
    const column = this.#ofCloud(line);
    this.#byLine.set(line, column);
    this.#openLines.get(column)!.add(line);
    this.#opener = name === 'cloud' ? 'cloud' : 'house';
    if (this.#opener === 'house') this.#outward.add(line);
  }

  #connected(line: number, clientId: string): void {
    const known = this.of(line);
    if (known) {
      if (known.isBroker) return;
      if (known.clientId === clientId || clientId === '') return;
      known.clientId = clientId;
      known.name ??= clientId;
      this.version += 1;
      return;
    }
    const { name } = this.#names.get(line) ?? {};
    const same = (each: Column) =>
      clientId !== '' &&
      each.on === this.#names.get(line)?.on &&
      each.clientId === clientId &&
      each.key.startsWith(name ?? '/');
    const column = this.#join(line, this.all.find(same));
    column.clientId ??= clientId || undefined;
    column.name ??= name ?? (clientId || undefined);
    this.version += 1;
  }

  #join(line: number, given: Column | undefined): Column {
    let column = given;
    if (!column && this.#byLine.size > 0 && this.all.length >= mostColumns)
      column = this.right.at(-1) ?? this.left.at(-1);
    if (!column) {
      const { name, on } = this.#names.get(line) ?? {};
      column = {
        key: `${name ?? ''}/${line}`,
        name,
        clientId: undefined,
        line,
        role: 'client',
        side: 'left',
        ...(on && { on }),
      };
      this.#columns.push(column);
      this.#arrange();
      this.#openLines.set(column, new Set());
      this.version += 1;
    }
    this.#byLine.set(line, column);
    this.#openLines.get(column)!.add(line);
    return column;
  }

  /** Where everybody does both, who sends more stands left: learnt from messages that arrived. */
  #passed(entry: PacketEntry, column: Column): void {
    const active = this.#columns.filter(({ role }) => role !== 'client');
    if (active.length < 2 || active.some(({ role }) => role !== 'both')) return;
    const packet = readPacket(entry);
    if (packet?.kind !== 'PUBLISH' || packet.topic === '') return;
    if (entry.direction === 'to-broker') {
      if (this.#publishers.size < mostTopics) this.#publishers.set(packet.topic, column);
      return;
    }
    const sender = this.#publishers.get(packet.topic);
    if (!sender || sender === column || entry.fate === 'dropped') return;
    this.#net.set(sender, (this.#net.get(sender) ?? 0) + 1);
    this.#net.set(column, (this.#net.get(column) ?? 0) - 1);
    const before = this.all;
    this.#arrange();
    if (this.all.some((each, at) => each !== before[at])) this.version += 1;
  }
  #does(column: Column, what: 'publisher' | 'subscriber'): void {
    if (column.isBroker || column.role === what || column.role === 'both') return;
    column.role = column.role === 'client' ? what : 'both';
    if (!this.#first.has(column)) this.#first.set(column, what);
    this.#arrange();
    this.version += 1;
  }
  #arrange(): void {
    for (const column of this.#columns) column.side = this.#sideOf(column);
    const firsts = [...this.#first.keys()];
    const rank = (column: Column) => (firsts.includes(column) ? firsts.indexOf(column) : -1);
    const on = (side: Column['side']) => this.#columns.filter((each) => each.side === side);
    this.left = on('left');
    // Those who subscribe stand in the order in which they did; behind them the second broker, and its clients.
    const place = ({ isBroker, on: there }: Column) => (isBroker ? 1 : there ? 2 : 0);
    this.right = on('right').sort((a, b) => place(a) - place(b) || rank(a) - rank(b));
  }
  #sideOf(column: Column): Column['side'] {
    if (column.isBroker || column.on) return 'right';
    if (column.role !== 'both') return column.role === 'subscriber' ? 'right' : 'left';
    // Right of the broker is the second one, with what is its.
    if (this.cloud) return 'left';
    const has = (role: ClientRole) => this.#columns.some((each) => each.role === role);
    if (has('publisher') !== has('subscriber')) return has('publisher') ? 'right' : 'left';
    const net = this.#net.get(column) ?? 0;
    const isSettled = this.#settled.has(column);
    if (Math.abs(net) >= (isSettled ? turningNet : clearNet)) {
      this.#settled.add(column);
      return net > 0 ? 'left' : 'right';
    }
    // Not clear yet, or no longer: it stays.
    if (isSettled) return column.side;
    return this.#first.get(column) === 'publisher' ? 'left' : 'right';
  }
}

/** A bridge between the two brokers of a room: not one that leads to its own broker. */
const isBetween = ({ role, name, on }: LineOpenedEntry): boolean =>
  role === 'bridge' && name !== (on ?? 'house');

/** Two columns of one program are told apart by their client ids, which come first: a head may be short. `unnamed` is for one that gave none. */
export function columnName(column: Column, columns: Columns, unnamed: string): string {
  const { name, clientId } = column;
  if (name === undefined) return unnamed;
  const twice = columns.all.some((each) => each !== column && each.name === name);
  return twice && clientId && clientId !== name ? `${clientId} (${name})` : name;
}

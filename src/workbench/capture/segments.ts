import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { ClientLines } from '../trace/clients.ts';

/** One TCP segment of a made-up connection. */
export interface Segment {
  /** Milliseconds of the room's clock. */
  at: number;
  /** The client's end. */
  host: number;
  port: number;
  toBroker: boolean;
  seq: number;
  ack: number;
  flags: number;
  data: Uint8Array;
  /** What a reader should know of it. */
  comment?: string;
}
export interface Conversation {
  segments: Segment[];
  /** By the number of a client's host: what it is called. */
  hosts: ReadonlyMap<number, string>;
}

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const PSH = 8;
export const ACK = 16;
/** Bytes of a segment, as on an Ethernet. */
const mss = 1460;
const firstPort = 49_152;
const none = new Uint8Array();

/** A connection's two ends: the next sequence number of each. */
interface Ends {
  host: number;
  port: number;
  client: number;
  broker: number;
}

/**
 * The trace as TCP connections to port 1883, one for each line, whatever really carried it: the
 * sequence numbers are those that the bytes in the trace have.
 */
export function conversationOf(entries: readonly TraceEntry[]): Conversation {
  const segments: Segment[] = [];
  const lines = new ClientLines();
  const open = new Map<number, Ends>();
  const numbers = new Map<string, number>();
  for (const entry of entries) lines.add(entry);

  function endsOf(line: number, at: number): Ends {
    const known = open.get(line);
    if (known) return known;
    const { name, clientId } = lines.of(line);
    const called = name || clientId || `line ${line}`;
    const host = numbers.get(called) ?? numbers.size + 1;
    numbers.set(called, host);
    const ends = { host, port: firstPort + (line % 16_000), client: 1000, broker: 2000 };
    open.set(line, ends);
    send(ends, { at, toBroker: true, flags: SYN });
    send(ends, { at, toBroker: false, flags: SYN | ACK });
    send(ends, { at, toBroker: true, flags: ACK });
    return ends;
  }
  function send(
    ends: Ends,
    { data = none, ...rest }: Pick<Segment, 'at' | 'toBroker' | 'flags' | 'comment'> & { data?: Uint8Array }, // prettier-ignore
  ): void {
    const { host, port, client, broker } = ends;
    const [seq, ack] = rest.toBroker ? [client, broker] : [broker, client];
    segments.push({ host, port, seq, ack: rest.flags & ACK ? ack : 0, data, ...rest });
    // SYN and FIN count as a byte each.
    const length = data.length + (rest.flags & (SYN | FIN) ? 1 : 0);
    if (rest.toBroker) ends.client = (client + length) >>> 0;
    else ends.broker = (broker + length) >>> 0;
  }
  function packet({ line, at, direction, bytes, fate }: PacketEntry): void {
    const ends = endsOf(line, at);
    const toBroker = direction === 'to-broker';
    const comment = fate === 'passed' ? {} : { comment: `The sandbox: ${fate}` };
    for (let copy = 0; copy < (fate === 'duplicated' ? 2 : 1); copy += 1) {
      for (let from = 0; from < bytes.length; from += mss) {
        const data = bytes.subarray(from, from + mss);
        send(ends, { at, toBroker, flags: ACK | PSH, data, ...comment });
      }
    }
  }

  for (const entry of entries) {
    if (entry.type === 'line-opened') endsOf(entry.line, entry.at);
    else if (entry.type === 'packet') packet(entry);
    else if (entry.type === 'line-closed' && open.has(entry.line)) {
      const { at, by, line } = entry;
      const ends = open.get(line)!;
      const toBroker = by === 'client';
      if (by === 'fault' || by === 'limit') send(ends, { at, toBroker: true, flags: RST | ACK });
      else {
        send(ends, { at, toBroker, flags: FIN | ACK });
        send(ends, { at, toBroker: !toBroker, flags: FIN | ACK });
        send(ends, { at, toBroker, flags: ACK });
      }
      open.delete(line);
    }
  }
  const hosts = new Map([...numbers].map(([name, number]) => [number, name]));
  return { segments, hosts };
}

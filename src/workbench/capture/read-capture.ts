/** A capture file as a trace: its MQTT connections over TCP. */
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { Connection } from './connection.ts';
import { CaptureError, readCaptureFile } from './read-file.ts';
import { tcpSegmentOf, type TcpSegment } from './read-ip.ts';
import { ACK, FIN, RST, SYN } from './segments.ts';

const mqttPort = 1883;
const mostConnections = 1_000;
/** As many as the page keeps of a run. */
const mostEntries = 20_000;
type NewEntry = TraceEntry extends infer E ? (E extends unknown ? Omit<E, 'n' | 'at'> : never) : never; // prettier-ignore

export interface Capture {
  entries: TraceEntry[];
  /** Entries that a page does not keep. */
  leftOut: number;
}

/**
 * The packets of all MQTT connections in a file. A connection is one if its client begins with a
 * CONNECT, or if it was captured from its middle at port 1883. TLS and WebSocket are not looked into.
 * @throws CaptureError
 */
export function readCapture(bytes: Uint8Array): Capture {
  const { packets, names } = readCaptureFile(bytes);
  const reader = new Reader(names);
  for (const captured of packets) {
    const segment = tcpSegmentOf(captured);
    if (segment) reader.add(segment);
  }
  const { entries, count } = reader;
  if (entries.length === 0) throw new CaptureError('no-mqtt');
  return { entries, leftOut: count - entries.length };
}

class Reader {
  readonly entries: TraceEntry[] = [];
  count = 0;
  readonly #names: ReadonlyMap<string, string>;
  readonly #connections = new Map<string, Connection>();
  #made = 0;
  #lines = 0;
  #start: number | undefined;
  #last = 0;

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  add(segment: TcpSegment): void {
    const connection = this.#connectionOf(segment);
    if (!connection) return;
    const { flags, seq, data, at, source, sourcePort } = segment;
    const isClient = connection.client === `${source}:${sourcePort}`;
    const direction = isClient ? 'to-broker' : 'to-client';
    if (flags & SYN) connection.synchronize(direction, seq);
    const from = flags & SYN ? (seq + 1) >>> 0 : seq;
    for (const frame of connection.receive(direction, from, data)) {
      connection.line ??= this.#open(connection, at);
      const { line } = connection;
      this.#append({ type: 'packet', line, ...frame, fate: 'passed' }, at);
    }
    if (!(flags & (FIN | RST)) || connection.isClosed) return;
    connection.isClosed = true;
    const by = isClient ? 'client' : 'broker';
    if (connection.line !== undefined) this.#append({ type: 'line-closed', line: connection.line, by }, at); // prettier-ignore
  }

  /** Ports are used again: a SYN without ACK begins another connection. */
  #connectionOf({
    source,
    sourcePort,
    target,
    targetPort,
    flags,
  }: TcpSegment): Connection | undefined {
    // prettier-ignore
    const ends = [`${source}:${sourcePort}`, `${target}:${targetPort}`] as const;
    const key = [...ends].sort().join(' ');
    const begins = (flags & (SYN | ACK)) === SYN;
    const known = this.#connections.get(key);
    // A SYN that was sent again begins nothing.
    if (known && !(begins && known.hasData)) return known;
    if (this.#made >= mostConnections) return undefined;
    this.#made += 1;
    const isToBroker = begins || (sourcePort !== mqttPort && !(flags & SYN));
    const atPort = sourcePort === mqttPort || targetPort === mqttPort;
    const connection = new Connection(ends[isToBroker ? 0 : 1], atPort);
    this.#connections.set(key, connection);
    return connection;
  }
  #open({ client }: Connection, at: number): number {
    const line = (this.#lines += 1);
    const name = this.#names.get(client.slice(0, client.lastIndexOf(':')));
    this.#append({ type: 'line-opened', line, transport: 'tcp', role: 'outside', ...(name && { name }) }, at); // prettier-ignore
    return line;
  }
  #append(entry: NewEntry, at: number): void {
    this.#start ??= at;
    // A clock may go back; a trace does not.
    this.#last = Math.max(this.#last, at - this.#start);
    this.count += 1;
    if (this.entries.length >= mostEntries) return;
    this.entries.push({ ...entry, n: this.count, at: this.#last } as TraceEntry);
  }
}

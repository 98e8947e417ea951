/** One connection of a client: bytes to packets and back, in the order in which libmosquitto writes them. */
import { Buffer } from 'buffer';
import { generate, parser as createParser, type Packet } from 'mqtt-packet';
import type { BrokerConnection, BrokerConnectionEvents } from '../programs/program.ts';
import { err } from './codes.ts';

export type Open = (events: BrokerConnectionEvents) => Promise<BrokerConnection>;
export interface ConnectionEvents {
  /** Returns 0, or the error with which the connection ends. */
  packet(packet: Packet): number;
  closed(rc: number): void;
  /** Called every second, as libmosquitto's loop does at least. */
  tick(): void;
}
const tickMs = 1_000;

export class ClientConnection {
  /** As of performance.now(). */
  lastOut = performance.now();
  lastIn = performance.now();
  readonly #version: 3 | 4 | 5;
  readonly #events: ConnectionEvents;
  readonly #line: BrokerConnection;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Packets that a callback sends: they are written after the callback, as libmosquitto does. */
  #waiting: { packet: Packet; written?: () => void }[] = [];
  #inCallback = false;
  #closed = false;
  /** Events that arrived before the client was ready. */
  #early: (() => void)[] = [];

  private constructor(version: 3 | 4 | 5, line: BrokerConnection, events: ConnectionEvents) {
    this.#version = version;
    this.#line = line;
    this.#events = events;
    this.#timer = setInterval(() => events.tick(), tickMs);
  }

  /** Rejects with ConnectionError if no broker accepts the connection. */
  static async open(
    version: 3 | 4 | 5,
    open: Open,
    events: ConnectionEvents,
  ): Promise<ClientConnection> {
    const early: (() => void)[] = [];
    const made: { connection?: ClientConnection } = {};
    const later = (act: (connection: ClientConnection) => void): void => {
      if (made.connection) act(made.connection);
      else early.push(() => act(made.connection!));
    };
    const parser = createParser({ protocolVersion: version });
    // One packet at a time; packets after the end are ignored.
    parser.on('packet', (packet) => later((own) => own.#receive(packet)));
    parser.on('error', () => later((own) => own.close(err.protocol)));
    const line = await open({
      data: (bytes) => void parser.parse(Buffer.from(bytes)),
      closed: (how) => later((own) => own.close(how === 'refused' ? err.errno : err.connLost)),
    });
    const connection = new ClientConnection(version, line, events);
    connection.#early = early;
    made.connection = connection;
    return connection;
  }

  /** Sends the first packet, and handles the events that have arrived. */
  begin(packet: Packet): void {
    this.send(packet);
    for (const act of this.#early) act();
    this.#early = [];
  }

  /** Bytes of a whole packet. */
  size(packet: Packet): number {
    return generate(packet, { protocolVersion: this.#version }).length;
  }
  send(packet: Packet, written?: () => void): void {
    this.#waiting.push({ packet, ...(written && { written }) });
    if (!this.#inCallback) this.#flush();
  }
  /** Runs a callback of the program's. */
  call(callback: () => void): void {
    this.#inCallback = true;
    callback();
    this.#inCallback = false;
  }
  /** `rc` as `mosquitto_loop` returns it. */
  close(rc: number): void {
    if (this.#closed) return;
    this.destroy();
    this.#events.closed(rc);
  }
  /** Without DISCONNECT, as when a program ends. */
  destroy(): void {
    clearInterval(this.#timer);
    this.#closed = true;
    this.#waiting = [];
    this.#line.close();
  }

  #receive(packet: Packet): void {
    if (this.#closed) return;
    this.lastIn = performance.now();
    const rc = this.#events.packet(packet);
    if (rc !== err.success) this.close(rc);
    else this.#flush();
  }

  #flush(): void {
    for (let next = this.#waiting.shift(); next && !this.#closed; next = this.#waiting.shift()) {
      const { packet, written } = next;
      this.lastOut = performance.now();
      this.#line.send(generate(packet, { protocolVersion: this.#version }));
      if (packet.cmd === 'disconnect') return this.close(err.success);
      written?.();
    }
  }
}

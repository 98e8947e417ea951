/** What attacks are built from: network addresses, rooms, lines, viewers, floods. */
import type { Socket } from 'node:net';
import type { WatchRequest } from '../../sandbox/protocol/api.ts';
import type { Ports } from './messages.ts';
import {
  connectPacket,
  dial,
  first,
  makeRoom,
  pingPacket,
  upgrade,
  wsFrame,
  type Transport,
  type RoomKeys,
} from './wire.ts';

/** An accepted line. `wrap` makes WebSocket frames of what is written. */
export interface Line {
  socket: Socket;
  wrap(bytes: Buffer): Buffer;
}

export interface LineOptions {
  from?: string;
  id?: string;
  /** Fields of the CONNECT. */
  connect?: object;
  /** Whether the socket is read. Default true. */
  reads?: boolean;
}

let ids = 0;

export class AttackTools {
  readonly ports: Ports;
  readonly from: string;
  /** Counts of what the attack did, by kind. */
  readonly counts: Record<string, number> = {};

  constructor(ports: Ports, from: string) {
    this.ports = ports;
    this.from = from;
  }

  count(what: string, n = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + n;
  }

  /** The attack's nth network address. */
  address(n: number): string {
    const [a, b, c, d] = this.from.split('.').map(Number) as [number, number, number, number];
    return `${a}.${b}.${c}.${d + n}`;
  }

  /** Calls `make` for 0 to `count` - 1, `atOnce` at a time. Failures are counted and left out. */
  async each<T>(count: number, make: (n: number) => Promise<T>, atOnce = 20): Promise<T[]> {
    const made: T[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) {
        const n = next++;
        try {
          made.push(await make(n));
        } catch (error) {
          this.count(`refused (${(error as Error).message})`);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
    return made;
  }

  /** Repeats the action without end, `sideBySide` at a time. */
  forever(sideBySide: number, action: (n: number) => Promise<unknown>): void {
    for (let n = 0; n < sideBySide; n++)
      void (async () => {
        for (;;) {
          await action(n).catch(() => this.count('failed'));
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
  }

  rooms(count: number, from = this.from): Promise<RoomKeys[]> {
    return this.each(count, () => makeRoom(this.ports, from));
  }

  /** Counts bytes in both directions; the end of a stream is no error. */
  keep(socket: Socket, reads = true): Socket {
    socket.on('error', () => {});
    socket.once('close', () => this.count('closed'));
    if (reads) socket.resume();
    else socket.pause();
    return socket;
  }

  async line(transport: Transport, room: RoomKeys, options: LineOptions = {}): Promise<Line> {
    const { from = this.from, id = `a${++ids}`, connect = {}, reads = true } = options;
    const isWeb = transport === 'ws';
    const socket = isWeb
      ? await upgrade(this.ports, `/mqtt/${room.address}`, from, 'mqtt')
      : await dial(this.ports, transport, from);
    const wrap = isWeb ? wsFrame : (bytes: Buffer): Buffer => bytes;
    socket.write(wrap(connectPacket(id, isWeb ? undefined : room.address, connect)));
    const answer = await first(socket);
    const connack = answer.subarray(isWeb ? 2 : 0);
    if (connack[3] !== 0) throw new Error(`CONNACK ${connack[3]}`);
    this.keep(socket, reads);
    return { socket, wrap };
  }

  /** Opens `each` lines to each room. */
  async lines(
    transport: Transport,
    rooms: readonly RoomKeys[],
    each: number,
    options?: LineOptions,
  ): Promise<Line[]> {
    const count = rooms.length * each;
    return this.each(count, (n) => this.line(transport, rooms[n % rooms.length]!, options));
  }

  /** A minimal viewer; `ask` sends a request. */
  async viewer(
    room: RoomKeys,
    { reads = true, from = this.from } = {},
  ): Promise<{ socket: Socket; ask(request: WatchRequest): void }> {
    const socket = this.keep(await upgrade(this.ports, room.watchPath, from), reads);
    return {
      socket,
      ask: (request) => {
        if (!socket.writable) return;
        this.count('sent');
        socket.write(wsFrame(Buffer.from(JSON.stringify(request)), 1));
      },
    };
  }

  viewers(rooms: readonly RoomKeys[], each: number, reads = true) {
    return this.each(rooms.length * each, (n) => this.viewer(rooms[n % rooms.length]!, { reads }));
  }

  /** Writes the bytes again and again, as fast as the server reads them. */
  pour(socket: Socket, chunk: Buffer, units = 1): void {
    const more = (): void => {
      for (;;) {
        if (!socket.writable) return;
        this.count('sent', units);
        if (!socket.write(chunk)) return;
      }
    };
    socket.on('drain', more);
    more();
  }

  /** Floods a line with a packet, many in one segment. */
  pourPacket({ socket, wrap }: Line, unit: Buffer, bytes = 65_536): void {
    const count = Math.max(1, Math.floor(bytes / wrap(unit).length));
    this.pour(socket, Buffer.concat(Array<Buffer>(count).fill(wrap(unit))), count);
  }

  every(ms: number, action: () => void): void {
    setInterval(action, ms);
  }

  /** Sends PINGREQ so that no keep alive ends the lines. */
  ping(lines: readonly Line[]): void {
    for (const { socket, wrap } of lines) if (socket.writable) socket.write(wrap(pingPacket));
  }
}

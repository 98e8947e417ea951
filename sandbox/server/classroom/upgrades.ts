/** The WebSockets of a class: each has a place among those of its network address, and turns; its bytes are bounded. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { endThenDestroy } from '../../line/end-socket.ts';
import type { ListenerContext } from '../admission/admit.ts';
import type { ConnectionTurns } from '../fair/fair-loop.ts';
import { meterReads } from '../fair/metered-reads.ts';
import { guardUnfinished } from '../listeners/unfinished.ts';
import { subProtocols } from '../listeners/ws.ts';

/** Bytes that are parsed at a time. */
const framesBytes = 8_192;

export interface Asked {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  remote: string;
}

export class Upgrades {
  readonly #context: ListenerContext;
  readonly #server: WebSocketServer;

  constructor(context: ListenerContext) {
    this.#context = context;
    const { packetBytes, watchBytes } = context.rooms.limits;
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: Math.max(packetBytes * 2, watchBytes),
      handleProtocols: (protocols) => subProtocols.find((name) => protocols.has(name)) ?? false,
    });
  }

  upgrade({ request, socket, head }: Asked, opened: (socket: WebSocket) => void): void {
    this.#server.handleUpgrade(request, socket, head, opened);
  }

  /** A place among the connections of the network address; false if there is none. */
  place({ socket, remote }: Asked, room: string): boolean {
    const leave = this.#context.connections.take({
      ...{ remote, room, usedAt: () => Infinity },
      evict: () => socket.destroy(),
    });
    if (leave) socket.once('close', leave);
    else reject(socket, '503 Service Unavailable');
    return leave !== null;
  }

  turns(opened: WebSocket, { socket, remote }: Asked, room: string): ConnectionTurns {
    const turns = this.#context.fair.turnsOf(remote, room);
    const isOpen = (): boolean => !opened.isPaused;
    meterReads(socket, turns, { piece: framesBytes, most: framesBytes, isOpen });
    guardUnfinished(this.#context.memory, { opened, socket, remote });
    return turns;
  }

  /** @param room whose turns and place it takes */
  open(
    asked: Asked,
    room: string,
    serve: (opened: WebSocket, turns: ConnectionTurns) => void,
  ): true {
    const { remote } = asked;
    if (!this.place(asked, room)) return true;
    this.upgrade(asked, (opened) => {
      const forget = this.#context.memory.add({
        ...{ remote, bytes: () => opened.bufferedAmount, evict: () => opened.terminate() },
      });
      opened.once('close', forget);
      serve(opened, this.turns(opened, asked, room));
    });
    return true;
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

export function reject(socket: Duplex, status: string): true {
  endThenDestroy(socket, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return true;
}

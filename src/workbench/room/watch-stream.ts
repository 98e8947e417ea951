import { decodeBatch } from '../../../sandbox/protocol/trace-batch.ts';
import type { WatchMessage, WatchRequest } from '../../../sandbox/protocol/api.ts';
import { parseWatchMessage } from '../../../sandbox/protocol/parse-message.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** `over`: the room has ended. `refused`: there was no welcome. `dropped`: cut later. */
export type StreamEnd = 'over' | 'refused' | 'dropped';
export interface StreamEvents {
  onMessage(message: WatchMessage): void;
  onEntries(entries: TraceEntry[]): void;
  /** A text that is no message of a room. */
  onOther?(text: string): void;
}

/** One WebSocket connection to a room's watch stream. */
export class WatchStream {
  readonly #socket: WebSocket;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<StreamEnd>;
  /** Messages that were received. */
  heard = 0;
  #drop!: () => void;

  constructor(url: string, events: StreamEvents) {
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    let end: StreamEnd = 'refused';
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.heard++;
      if (!(data instanceof ArrayBuffer)) {
        const message = parseWatchMessage(String(data));
        if (!message) return events.onOther?.(String(data));
        if (message.type === 'welcome') end = 'dropped';
        // A server that restarts has lost its rooms: the reconnect detects that.
        if (message.type === 'closing' && message.reason === 'expired') end = 'over';
        return events.onMessage(message);
      }
      let entries: TraceEntry[];
      try {
        entries = decodeBatch(new Uint8Array(data));
      } catch {
        return socket.close();
      }
      events.onEntries(entries);
    };
    this.ended = new Promise((resolve) => {
      // Node 22 ends a connection that could not be made with an error only, without a close.
      socket.onclose = socket.onerror = this.#drop = () => resolve(end);
    });
  }

  send(request: WatchRequest): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }
  close(): void {
    this.#socket.close();
  }
  /** Ends a connection whose other side is gone without a word: a close of it would wait for minutes. */
  drop(): void {
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#drop();
  }
}

import { decodeBatch } from '../../../sandbox/protocol/trace-batch.ts';
import type { WatchMessage, WatchRequest } from '../../../sandbox/protocol/api.ts';
import { parseWatchMessage } from '../../../sandbox/protocol/parse-message.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** `over`: the room has ended. `refused`: there was no welcome. `dropped`: cut later. */
export type StreamEnd = 'over' | 'refused' | 'dropped';
export interface StreamEvents {
  onMessage(message: WatchMessage): void;
  onEntries(entries: TraceEntry[]): void;
}

/** One WebSocket connection to a room's watch stream. */
export class WatchStream {
  readonly #socket: WebSocket;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<StreamEnd>;

  constructor(url: string, events: StreamEvents) {
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    let end: StreamEnd = 'refused';
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof ArrayBuffer)) {
        const message = parseWatchMessage(String(data));
        if (!message) return;
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
      socket.onclose = socket.onerror = () => resolve(end);
    });
  }

  send(request: WatchRequest): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }
  close(): void {
    this.#socket.close();
  }
}

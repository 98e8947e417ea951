import type { WatchMessage, WatchRequest } from '../../../sandbox/protocol/api.ts';
import { RoomError } from './room.ts';

/** A request without its `id`, which is assigned here. */
export type PendingRequest = WatchRequest extends infer T
  ? T extends { id: number }
    ? Omit<T, 'id'>
    : never
  : never;

const patienceMs = 8_000;

/** Requests of the watch stream that wait for the response with their `id`. */
export class PendingRequests {
  readonly #waiting = new Map<
    number,
    {
      resolve(message: WatchMessage): void;
      reject(error: Error): void;
      timer: ReturnType<typeof setTimeout>;
    }
  >();
  readonly #timeoutMs: number;
  #lastId = 0;

  constructor(timeoutMs = patienceMs) {
    this.#timeoutMs = timeoutMs;
  }

  /** Rejects with RoomError: `timeout`, `unreachable`, or the room's own reason. */
  send(request: PendingRequest, transmit: (request: WatchRequest) => void): Promise<WatchMessage> {
    const id = ++this.#lastId;
    const timeoutMs = this.#timeoutMs;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new RoomError('timeout', `no response to ${request.type} in ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      transmit({ ...request, id } as WatchRequest);
    });
  }

  /** Returns whether the message was a response. */
  handle(message: WatchMessage): boolean {
    if (message.type !== 'done' && message.type !== 'state' && message.type !== 'failed') {
      return false;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    clearTimeout(waiting?.timer);
    if (message.type === 'failed') waiting?.reject(new RoomError(message.error, message.message));
    else waiting?.resolve(message);
    return true;
  }

  /** Rejects all requests: no response can come any more. */
  abandon(): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new RoomError('unreachable', 'the watch stream closed'));
    }
    this.#waiting.clear();
  }
}

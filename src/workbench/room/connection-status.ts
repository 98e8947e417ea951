import { RoomError } from './api.ts';
import type { Connection, RoomEvents } from './room.ts';

/** A learner who pressed Run should not look at “Starting…” for longer than this without a word. */
const slowMs = 4_000;

/**
 * How it stands with the room, and what is told of it: an error that may be gone in a moment is
 * kept back, until it has been tried in vain for a while; then it is told while the tries go on.
 */
export class ConnectionStatus {
  readonly #tell: RoomEvents['onConnection'];
  #now: Connection = 'off';
  #error: RoomError | undefined;
  /** From the first try on; undefined where nothing is tried. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSlow = false;

  constructor(tell: RoomEvents['onConnection']) {
    this.#tell = tell;
  }
  get now(): Connection {
    return this.#now;
  }

  /** `error`: of the last try. */
  become(now: Connection, error?: RoomError): void {
    this.#now = now;
    const isTrying = now === 'connecting' || now === 'reconnecting';
    if (isTrying) this.#timer ??= setTimeout(this.#slow, slowMs);
    else this.close();
    this.#error = error ?? (isTrying ? this.#error : undefined);
    this.#tell(now, isTrying && !this.#isSlow ? undefined : this.#error);
  }
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isSlow = false;
  }

  #slow = (): void => {
    this.#isSlow = true;
    this.become(this.#now, this.#error ?? new RoomError('unreachable', 'no answer yet'));
  };
}

import { type ConnectionStatus, RoomError } from './room.ts';

/**
 * A learner who pressed Run should not look at “Starting…” for longer than this without a notice.
 */
const slowMs = 4_000;

/**
 * The status of the connection to a room. An error that may be gone in a moment is held back until
 * connecting has failed for a while; then it is reported while the attempts go on.
 */
export class ConnectionTracker {
  readonly #notify: (status: ConnectionStatus, error?: RoomError) => void;
  #status: ConnectionStatus = 'off';
  #error: RoomError | undefined;
  /** Runs from the first attempt on; undefined while nothing is attempted. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSlow = false;

  constructor(notify: (status: ConnectionStatus, error?: RoomError) => void) {
    this.#notify = notify;
  }
  get status(): ConnectionStatus {
    return this.#status;
  }

  /** `error`: of the last attempt. */
  set(status: ConnectionStatus, error?: RoomError): void {
    this.#status = status;
    const isTrying = status === 'connecting' || status === 'reconnecting';
    if (isTrying) this.#timer ??= setTimeout(this.#slow, slowMs);
    else this.dispose();
    this.#error = error ?? (isTrying ? this.#error : undefined);
    this.#notify(status, isTrying && !this.#isSlow ? undefined : this.#error);
  }
  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isSlow = false;
  }

  #slow = (): void => {
    this.#isSlow = true;
    this.set(this.#status, this.#error ?? new RoomError('unreachable', 'no response yet'));
  };
}

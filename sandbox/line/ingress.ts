/** The reading side of a line's socket: it pauses for rates and for a broker that is busy. */
import type { Duplex } from 'readable-stream';
import { TokenBucket } from '../shared/token-bucket.ts';
import type { LimitName, LimitValues } from '../shared/config.ts';

export interface IngressOptions {
  limits: LimitValues;
  /** False for a scene's own clients: they may be as fast as the lesson wants. */
  limited: boolean;
  /** A rate was exceeded; reading rests until it is kept again, so nothing is lost. */
  exceeded(limit: LimitName): void;
}

export class Ingress {
  readonly #socket: Duplex;
  readonly #exceeded: IngressOptions['exceeded'];
  readonly #packets: TokenBucket | null;
  readonly #bytes: TokenBucket | null;
  #paused = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When every rate is within its limit again. */
  #until = 0;

  constructor(socket: Duplex, { limits, limited, exceeded }: IngressOptions) {
    this.#socket = socket;
    this.#exceeded = exceeded;
    this.#packets = limited ? new TokenBucket(limits.packetsPerSecond, limits.packetsBurst) : null;
    this.#bytes = limited ? new TokenBucket(limits.bytesPerSecond, limits.bytesBurst) : null;
  }

  tookBytes(count: number): void {
    this.#rest('bytesPerSecond', this.#bytes?.take(count) ?? 0);
  }

  /** @param weight as of `weightOf` */
  tookPacket(weight: number): void {
    this.#rest('packetsPerSecond', this.#packets?.take(weight) ?? 0);
  }

  /** The broker has enough for now: `resume` when it reads again. */
  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  /** Reads on, unless a rate still rests. */
  resume(): void {
    if (!this.#paused || this.#timer || this.#closed) return;
    this.#paused = false;
    this.#socket.resume();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #rest(limit: LimitName, ms: number): void {
    if (ms <= 0) return;
    this.#exceeded(limit);
    this.pause();
    const until = performance.now() + ms;
    if (this.#timer && until <= this.#until) return;
    this.#until = until;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.resume();
    }, ms);
  }
}

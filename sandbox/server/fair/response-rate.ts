/**
 * The pace of HTTP responses to one network address. For each connection that does not read, the
 * system holds megabytes, and all TCP connections of the machine share the memory for that.
 */
import { TokenBucket } from '../../shared/token-bucket.ts';

export interface Pace {
  perSecond: number;
  burst: number;
}

/** A slice that waits for its turn. */
interface Slice {
  bytes: number;
  /** Bytes of the same response that were sent earlier. */
  sent: number;
  go(): void;
}

class AddressRate {
  readonly bucket: TokenBucket;
  /** Those of the responses that have been sent least first: a page comes before a download. */
  readonly #waiting: Slice[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ perSecond, burst }: Pace) {
    this.bucket = new TokenBucket(perSecond, burst);
  }

  get idle(): boolean {
    return this.#waiting.length === 0 && this.bucket.full;
  }

  put(slice: Slice): void {
    if (this.#timer === undefined && this.bucket.take(0) === 0) return this.#send(slice);
    let at = this.#waiting.length;
    while (at > 0 && this.#waiting[at - 1]!.sent > slice.sent) at--;
    this.#waiting.splice(at, 0, slice);
    this.#wait();
  }

  #send({ bytes, go }: Slice): void {
    this.bucket.take(bytes);
    go();
  }

  #wait(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        while (this.#waiting.length > 0 && this.bucket.take(0) === 0)
          this.#send(this.#waiting.shift()!);
        if (this.#waiting.length > 0) this.#wait();
      },
      Math.max(1, this.bucket.take(0)),
    );
    this.#timer.unref();
  }
}

const sweepMs = 10_000;

export class ResponseRate {
  readonly #pace: Pace;
  readonly #addresses = new Map<string, AddressRate>();
  readonly #sweep: ReturnType<typeof setInterval>;

  constructor(pace: Pace) {
    this.#pace = pace;
    this.#sweep = setInterval(() => {
      for (const [remote, rate] of this.#addresses) if (rate.idle) this.#addresses.delete(remote);
    }, sweepMs);
    this.#sweep.unref();
  }

  /** Addresses that are remembered. */
  get size(): number {
    return this.#addresses.size;
  }

  /**
   * Resolves when `bytes` of a response may be sent to an address.
   * @param sent bytes of this response that were sent earlier
   */
  slice(remote: string, bytes: number, sent: number): Promise<void> {
    let rate = this.#addresses.get(remote);
    if (!rate) this.#addresses.set(remote, (rate = new AddressRate(this.#pace)));
    return new Promise((go) => rate.put({ bytes, sent, go }));
  }

  close(): void {
    clearInterval(this.#sweep);
  }
}

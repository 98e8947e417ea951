/** How fast the lines of a room may be. What a line has used up is used up for the next one, too. */
import { TokenBucket } from '../shared/token-bucket.ts';
import type { LimitValues } from '../shared/config.ts';

export interface LineRates {
  readonly packets: TokenBucket;
  readonly bytes: TokenBucket;
}

export class RatePool {
  readonly #limits: LimitValues;
  /** Of lines that have ended, by network address: those that are not full again. */
  readonly #left = new Map<string, LineRates[]>();

  constructor(limits: LimitValues) {
    this.#limits = limits;
  }

  /** A client that connects anew goes on with what is left of the connection before. */
  take(remote: string): LineRates {
    this.#forget();
    const left = this.#left.get(remote) ?? [];
    left.sort((a, b) => b.packets.tokens - a.packets.tokens);
    const { packetsPerSecond, packetsBurst, bytesPerSecond, bytesBurst } = this.#limits;
    return (
      left.pop() ?? {
        packets: new TokenBucket(packetsPerSecond, packetsBurst),
        bytes: new TokenBucket(bytesPerSecond, bytesBurst),
      }
    );
  }

  give(remote: string, rates: LineRates): void {
    if (isFull(rates)) return;
    const left = this.#left.get(remote) ?? [];
    // Not more than a room has lines: those that are fullest are the least loss.
    if (left.push(rates) > this.#limits.linesPerRoom) {
      left.sort((a, b) => a.packets.tokens - b.packets.tokens);
      left.pop();
    }
    this.#left.set(remote, left);
  }

  #forget(): void {
    for (const [remote, left] of this.#left) {
      const kept = left.filter((rates) => !isFull(rates));
      if (kept.length > 0) this.#left.set(remote, kept);
      else this.#left.delete(remote);
    }
  }
}

const isFull = ({ packets, bytes }: LineRates): boolean => packets.full && bytes.full;

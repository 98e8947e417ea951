/** Writes the packets and events of one line into the trace. */
import type { LimitName, LimitValues } from '../shared/config.ts';
import type { Violation } from '../mqtt/packet.ts';
import type { Direction, MqttVersion } from '../protocol/mqtt.ts';
import type { Fate, LimitEffect } from '../protocol/trace.ts';
import type { NewEntry } from '../protocol/trace.ts';

/** A limit that is exceeded often is noted once in this time. */
const noteMs = 1000;
/** At most this many bytes of a refused frame are kept. */
const refusedBytes = 1024;

export class Tap {
  readonly #host: { readonly limits: LimitValues; append(entry: NewEntry): number };
  readonly #line: number;
  /** The gate, which learns it from CONNECT. */
  readonly #speaks: { readonly version: MqttVersion };
  /** When each limit was noted last. A limit that closes the line is always noted. */
  readonly #noted = new Map<LimitName, number>();

  constructor(
    host: { readonly limits: LimitValues; append(entry: NewEntry): number },
    line: number,
    speaks: { readonly version: MqttVersion },
  ) {
    this.#host = host;
    this.#line = line;
    this.#speaks = speaks;
  }

  /** Returns the entry's number. */
  packet(direction: Direction, bytes: Uint8Array, fate: Fate): number {
    const { version } = this.#speaks;
    return this.#host.append({ type: 'packet', line: this.#line, direction, version, bytes, fate });
  }

  refused({ rule, statement }: Violation, bytes: Uint8Array): void {
    const { version } = this.#speaks;
    const shown = bytes.subarray(0, refusedBytes);
    this.#host.append({
      type: 'refused',
      line: this.#line,
      version,
      rule,
      statement,
      bytes: shown,
    });
  }

  limit(limit: LimitName, effect: LimitEffect): void {
    const now = performance.now();
    if (effect !== 'closed' && now - (this.#noted.get(limit) ?? -Infinity) < noteMs) return;
    this.#noted.set(limit, now);
    const value = this.#host.limits[limit];
    this.#host.append({ type: 'limit', line: this.#line, limit, value, effect });
  }
}

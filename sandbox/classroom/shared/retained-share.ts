/** How much of what the shared room retains is one member's: a member who fills their share takes nobody else's. */
import { sharedLimits } from '../../protocol/shared-room.ts';

/** Retained messages of one member, and the bytes of topic and payload of all of them. */
export const mostRetained = { topics: sharedLimits.retained, bytes: 32_768 } as const;

export class RetainedShare {
  /** By topic: whose it is, who wrote it last. */
  readonly #topics = new Map<string, { who: string; bytes: number }>();
  readonly #used = new Map<string, { topics: number; bytes: number }>();

  get size(): number {
    return this.#topics.size;
  }

  /** Whether the member may retain it; then it is theirs. Without a payload it is removed. */
  take(who: string, topic: string, payloadBytes: number): boolean {
    const before = this.#topics.get(topic);
    if (payloadBytes === 0) {
      this.forget(topic);
      return true;
    }
    const bytes = payloadBytes + Buffer.byteLength(topic);
    const used = this.#used.get(who) ?? { topics: 0, bytes: 0 };
    const mine = before?.who === who ? before : undefined;
    const topics = used.topics + (mine ? 0 : 1);
    const after = used.bytes - (mine?.bytes ?? 0) + bytes;
    if (topics > mostRetained.topics || after > mostRetained.bytes) return false;
    this.forget(topic);
    this.#topics.set(topic, { who, bytes });
    this.#used.set(who, { topics, bytes: after });
    return true;
  }

  /** Nothing is retained there any more. */
  forget(topic: string): void {
    const before = this.#topics.get(topic);
    if (!before) return;
    this.#topics.delete(topic);
    const used = this.#used.get(before.who)!;
    used.topics--;
    used.bytes -= before.bytes;
    if (used.topics === 0) this.#used.delete(before.who);
  }

  /** Those that a member wrote last. */
  of(who: string): string[] {
    return [...this.#topics].filter(([, one]) => one.who === who).map(([topic]) => topic);
  }

  /** The broker retains these and no others: what expired is nobody's. */
  keep(retained: ReadonlySet<string>): void {
    for (const topic of this.#topics.keys()) if (!retained.has(topic)) this.forget(topic);
  }

  clear(): void {
    this.#topics.clear();
    this.#used.clear();
  }
}

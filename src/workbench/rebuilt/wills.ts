import type { RebuiltSession } from './session.ts';

type Will = NonNullable<RebuiltSession['will']>;
export interface DueWill {
  key: string;
  will: Will;
  due: number;
}

/** Wills that wait for their delay: they are published when it, or the session, is over (5.0 section 3.1.3.2.2). */
export class DelayedWills {
  #waiting: DueWill[] = [];

  /** Returns false if the will has no delay and is due now. */
  wait(key: string, will: Will, at: number, endsAt: number): boolean {
    const delay = (will.properties?.willDelayInterval ?? 0) * 1000;
    const due = Math.min(at + delay, endsAt);
    if (due <= at) return false;
    this.#waiting.push({ key, will, due });
    return true;
  }
  /** The client is back in time [MQTT-3.1.3-9], or its session begins anew. Returns its will. */
  take(key: string): DueWill | undefined {
    const found = this.#waiting.find((one) => one.key === key);
    this.#waiting = this.#waiting.filter((one) => one !== found);
    return found;
  }
  /** The broker is gone, and they with it. */
  clear(): void {
    this.#waiting = [];
  }
  until(at: number): DueWill[] {
    const due = this.#waiting.filter((one) => one.due <= at);
    if (due.length > 0) this.#waiting = this.#waiting.filter((one) => one.due > at);
    return due;
  }
}

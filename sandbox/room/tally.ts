/** Counts what a server's rooms have done since it began: numbers only, nothing of what was sent. */
import type { NewEntry } from '../protocol/trace.ts';

export class Tally {
  readonly packets = { 'to-broker': 0, 'to-client': 0 };
  /** PUBLISH packets among them. */
  readonly messages = { 'to-broker': 0, 'to-client': 0 };
  readonly lines = { opened: 0, closed: 0 };
  /** By limit and what it did: `packetsPerSecond paused`. Both are words of ours. */
  readonly limits = new Map<string, number>();
  /** Frames that break a rule of MQTT. */
  refusedFrames = 0;

  count(entry: NewEntry): void {
    if (entry.type === 'packet') {
      this.packets[entry.direction]++;
      if (entry.bytes[0]! >> 4 === 3) this.messages[entry.direction]++;
    } else if (entry.type === 'limit') {
      const key = `${entry.limit} ${entry.effect}`;
      this.limits.set(key, (this.limits.get(key) ?? 0) + 1);
    } else if (entry.type === 'refused') this.refusedFrames++;
    else if (entry.type === 'line-opened') this.lines.opened++;
    else if (entry.type === 'line-closed') this.lines.closed++;
  }
}

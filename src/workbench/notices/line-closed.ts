import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** Why a program's line was closed or limited, for the keys `limit.<limit>` and `rule.<rule>`. */
export type LineClosed = { client: string } & (
  | { how: 'limit-closed'; limit?: { name: string; value: number } }
  | { how: 'limit-reached'; limit: { name: string; value: number } }
  | { how: 'rule-closed'; rule?: string }
);

/**
 * Over a limit of the course, or against a rule of MQTT, a line is closed; MQTT 3.1.1 has no packet
 * for the reason, so a program may believe that everything was sent. Finds these ends in a run's
 * trace, each of a client and a reason once: a client that comes back does it again.
 */
export class ClosedLines {
  readonly #devices = new Map<number, string>();
  readonly #limits = new Map<number, { name: string; value: number }>();
  readonly #rules = new Map<number, string>();
  readonly #reported = new Set<string>();

  clear(): void {
    for (const each of [this.#devices, this.#limits, this.#rules, this.#reported]) each.clear();
  }

  collect(entries: readonly TraceEntry[]): LineClosed[] {
    return entries.flatMap((entry) => {
      const end = this.#endOf(entry);
      const key = JSON.stringify(end);
      if (!end || this.#reported.has(key)) return [];
      this.#reported.add(key);
      return [end];
    });
  }

  #endOf(entry: TraceEntry): LineClosed | undefined {
    if (entry.type === 'line-opened' && entry.role === 'device' && entry.name !== undefined) {
      this.#devices.set(entry.line, entry.name);
    }
    const client = 'line' in entry && entry.line && this.#devices.get(entry.line);
    if (!client) return undefined;
    if (entry.type === 'refused') this.#rules.set(entry.line, entry.rule);
    // A paused sender loses nothing: no notice.
    if (entry.type === 'limit' && entry.effect !== 'paused') {
      const limit = { name: entry.limit, value: entry.value };
      if (entry.effect !== 'closed') return { client, how: 'limit-reached', limit };
      this.#limits.set(entry.line!, limit);
    }
    return entry.type === 'line-closed' ? this.#closed(client, entry) : undefined;
  }

  #closed(client: string, { line, by }: { line: number; by: string }): LineClosed | undefined {
    const [limit, rule] = [this.#limits.get(line), this.#rules.get(line)];
    this.#devices.delete(line);
    // The gate closes a line for a packet that is too large, the broker for a message that it can't
    // keep: both because of a limit.
    if (by === 'limit' || ((by === 'gate' || by === 'broker') && limit))
      return { client, how: 'limit-closed', ...(limit && { limit }) };
    return by === 'gate' ? { client, how: 'rule-closed', ...(rule && { rule }) } : undefined;
  }
}

import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';

/** What each actor of the scene has received: PUBLISH packets that reached its line. */
export class SceneReceived {
  #generation = -1;
  #last = 0;
  readonly #names = new Map<number, string>();
  readonly #received = new Map<string, PacketEntry[]>();

  sync(record: { generation: number; entries: readonly TraceEntry[] }): void {
    if (record.generation !== this.#generation) {
      this.#generation = record.generation;
      this.#last = 0;
      this.#names.clear();
      this.#received.clear();
    }
    let first = record.entries.length;
    while (first > 0 && record.entries[first - 1]!.n > this.#last) first -= 1;
    for (const entry of record.entries.slice(first)) this.#add(entry);
    this.#last = record.entries.at(-1)?.n ?? this.#last;
  }

  /** Oldest first; only ever grows until the next run. */
  of(actor: string): readonly PacketEntry[] {
    return this.#received.get(actor) ?? [];
  }

  #add(entry: TraceEntry): void {
    if (entry.type === 'line-opened' && entry.role === 'actor' && entry.name) {
      this.#names.set(entry.line, entry.name);
    }
    if (entry.type !== 'packet' || entry.direction !== 'to-client' || !arrived(entry)) return;
    const name = this.#names.get(entry.line);
    if (name === undefined || readPacket(entry)?.kind !== 'PUBLISH') return;
    const messages = this.#received.get(name);
    if (messages) messages.push(entry);
    else this.#received.set(name, [entry]);
  }

  static messageOf(entry: PacketEntry): PublishPacket {
    return readPacket(entry) as PublishPacket;
  }
}

const arrived = ({ fate }: PacketEntry) =>
  fate === 'passed' || fate === 'delayed' || fate === 'duplicated';

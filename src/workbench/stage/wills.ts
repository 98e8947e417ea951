import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';
import { previewOf } from '../trace/payload-preview.ts';

export interface Will {
  /** The client's key on the stage. */
  client: string;
  topic: string;
  text: string;
  /** waits: the connection is gone, and the will's delay runs [MQTT-3.1.3-9]. */
  state: 'sealed' | 'waits' | 'published';
  /** Number of the entry that published it. */
  n?: number;
}
interface Held {
  line: number;
  will: Will;
  delayed: boolean;
}
const mostText = 40;

/** The wills that the broker holds, and what became of them; learnt from the trace. */
export class Wills {
  readonly #held = new Map<string, Held>();

  /** @param client the key of the client whose line the entry is about */
  add(entry: TraceEntry, client: string): Will | undefined {
    if (entry.type === 'line-closed') return this.#closed(entry.line, entry.n, entry.by === 'room');
    if (entry.type !== 'packet') return undefined;
    const kind = entry.bytes[0]! >> 4;
    if (entry.direction === 'to-client') {
      if (kind === 2) this.#accepted(entry);
      return kind === 3 ? this.#delivered(entry) : undefined;
    }
    if (entry.fate === 'dropped' || entry.fate === 'refused' || entry.fate === 'held') return undefined; // prettier-ignore
    if (kind === 1) this.#connected(entry, client);
    // A normal DISCONNECT deletes the will; 0x04 of MQTT 5.0 has it published [MQTT-3.14.4-3].
    if (kind === 14 && reasonOf(entry) !== 4) this.#drop(entry.line);
    return undefined;
  }
  /** The newest last. */
  get list(): Will[] {
    return [...this.#held.values()].map(({ will }) => will);
  }

  #connected(entry: PacketEntry, client: string): void {
    const packet = readPacket(entry);
    if (packet?.kind !== 'CONNECT') return;
    this.#held.delete(client);
    if (packet.will) this.#held.set(client, heldOf(packet.will, entry.line, client));
  }
  /** A refused connection has no will. */
  #accepted(entry: PacketEntry): void {
    const packet = readPacket(entry);
    if (packet?.kind === 'CONNACK' && packet.reasonCode !== 0) this.#drop(entry.line);
  }
  /** That a delayed will is published is seen if somebody receives it. */
  #delivered(entry: PacketEntry): Will | undefined {
    const waiting = [...this.#held.values()].filter(({ will }) => will.state === 'waits');
    if (waiting.length === 0) return undefined;
    const packet = readPacket(entry);
    const held = waiting.find(
      ({ will }) => packet?.kind === 'PUBLISH' && packet.topic === will.topic,
    );
    if (held) held.will = { ...held.will, n: entry.n, state: 'published' };
    return held?.will;
  }
  #drop(line: number): void {
    for (const [key, held] of this.#held) if (held.line === line) this.#held.delete(key);
  }
  #closed(line: number, n: number, byRoom: boolean): Will | undefined {
    const held = [...this.#held.values()].find((each) => each.line === line);
    if (!held || held.will.state !== 'sealed') return undefined;
    if (byRoom) this.#drop(line);
    else held.will = { ...held.will, n, state: held.delayed ? 'waits' : 'published' };
    return byRoom ? undefined : held.will;
  }
}

const heldOf = (will: NonNullable<ConnectPacket['will']>, line: number, client: string): Held => ({
  line,
  delayed: (will.properties?.willDelayInterval ?? 0) > 0,
  will: {
    client,
    topic: will.topic.slice(0, 200),
    text: previewOf(will.payload, mostText),
    state: 'sealed',
  },
});
function reasonOf(entry: PacketEntry): number {
  const packet = readPacket(entry);
  return packet?.kind === 'DISCONNECT' ? packet.reasonCode : 0;
}

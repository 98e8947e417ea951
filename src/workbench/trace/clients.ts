import { packetOf } from '../../../sandbox/mqtt/packet.ts';
import type { Packet } from '../../../sandbox/protocol/mqtt.ts';
import type {
  LineRole,
  OnCloud,
  PacketEntry,
  TraceEntry,
} from '../../../sandbox/protocol/trace.ts';

/** The role of a client, from its packets so far: it decides its colour and its shape. */
export type ClientRole = 'publisher' | 'subscriber' | 'both' | 'client';
export interface ClientLine {
  line: number;
  role: LineRole;
  /** The device's or the actor's name. */
  name?: string;
  /** It leads to the room's second broker. */
  on?: OnCloud;
  clientId?: string;
  publishes: boolean;
  subscribes: boolean;
  /** It sent DISCONNECT: its line is about to be closed, by whom does not matter [MQTT-3.14.4-1]. */
  saidGoodbye: boolean;
}

/** The lines of a run, learnt from its trace. */
export class ClientLines {
  readonly #lines = new Map<number, ClientLine>();

  add(entry: TraceEntry): void {
    if (entry.type === 'line-opened') {
      const { line, role, name, on } = entry;
      this.#lines.set(line, { ...blank(line), role, name, ...(on && { on }) });
    }
    if (entry.type !== 'packet' || entry.direction !== 'to-broker') return;
    const line = this.of(entry.line);
    this.#lines.set(entry.line, line);
    // The first byte's upper half is the kind: most packets need no more of a look.
    const kind = entry.bytes[0]! >> 4;
    if (kind === 1) {
      const packet = readPacket(entry);
      if (packet?.kind === 'CONNECT') line.clientId = packet.clientId;
    }
    if (kind === 3) line.publishes = true;
    if (kind === 8) line.subscribes = true;
    if (kind === 14) line.saidGoodbye = true;
  }

  /** A line whose opening is no longer in the trace has no name. */
  of(line: number): ClientLine {
    return this.#lines.get(line) ?? blank(line);
  }
}

const blank = (line: number): ClientLine => ({
  line,
  role: 'outside',
  publishes: false,
  subscribes: false,
  saidGoodbye: false,
});

export function clientRoleOf({ publishes, subscribes }: ClientLine): ClientRole {
  if (publishes && subscribes) return 'both';
  return publishes ? 'publisher' : subscribes ? 'subscriber' : 'client';
}

/** The packet of an entry, or undefined if its bytes are none. */
export function readPacket(entry: PacketEntry): Packet | undefined {
  try {
    return packetOf(entry);
  } catch {
    return undefined;
  }
}

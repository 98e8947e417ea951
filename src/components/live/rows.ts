/** The rows of the figure: each packet of a trace, its sender and receiver, and its bytes. */
import { isViolation, parsePacket } from '../../../sandbox/mqtt/packet.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

export interface LiveRow {
  n: number;
  kind: string;
  detail: string;
  /** 1: between publisher and broker; 2: between broker and subscriber. */
  hop: 1 | 2;
  from: 'publisher' | 'broker' | 'subscriber';
  to: 'publisher' | 'broker' | 'subscriber';
  bytes: Uint8Array;
}

/** The packets of the publisher's line, and the messages that the subscriber got. */
export class Rows {
  readonly #publishers = new Set<number>();

  of(entries: readonly TraceEntry[]): LiveRow[] {
    const rows: LiveRow[] = [];
    for (const entry of entries) {
      if (entry.type === 'line-opened' && entry.role === 'device') this.#publishers.add(entry.line);
      if (entry.type !== 'packet') continue;
      const packet = parsePacket(entry.bytes, entry.version, entry.direction);
      if (isViolation(packet)) continue;
      const hop = this.#publishers.has(entry.line) ? 1 : 2;
      // That the subscriber has connected and subscribed belongs to the scene, not to the message.
      if (hop === 2 && packet.kind !== 'PUBLISH') continue;
      const end = hop === 1 ? 'publisher' : 'subscriber';
      const [from, to] =
        entry.direction === 'to-broker' ? ([end, 'broker'] as const) : (['broker', end] as const);
      const detail =
        packet.kind === 'PUBLISH'
          ? packet.topic
          : packet.kind === 'CONNACK'
            ? String(packet.reasonCode)
            : '';
      rows.push({ n: entry.n, kind: packet.kind, detail, hop, from, to, bytes: entry.bytes });
    }
    return rows;
  }
}

/** `30 0d 00 0a …`: at most `most` bytes, then how many more there are. */
export function hex(bytes: Uint8Array, most: number): string {
  const shown = [...bytes.subarray(0, most)].map((byte) => byte.toString(16).padStart(2, '0'));
  return shown.join(' ') + (bytes.length > most ? ` … +${bytes.length - most}` : '');
}

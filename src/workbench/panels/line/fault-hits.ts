/** Hits of faults in a run, read from its trace; and which armed rules they used up. */
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import type { FaultRule } from '../../../../sandbox/protocol/faults.ts';
import type { PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import type { FaultEntry, PacketEntry } from '../../../../sandbox/protocol/trace.ts';
import { ClientNames } from '../../trace/client-names.ts';
import { TraceCursor, type Growing } from '../../trace/trace-cursor.ts';
import type { ClientLines } from '../../trace/clients.ts';

export interface FaultHit {
  /** Number of the fault's entry. */
  n: number;
  at: number;
  line: number;
  action: FaultEntry['action'];
  /** Absent if it hit the line itself. */
  packet?: PacketEntry;
  /** Hits of the same kind, one after the other: lasting latency or loss. */
  times: number;
}
/** A rule that this page has armed. */
export interface ArmedRule {
  id: number;
  rule: FaultRule;
  /** Its hit, which used it up. */
  hit?: FaultHit;
}

/** Older ones are forgotten: the wire panel and the packets panel show them all. */
const mostHits = 100;
/** The packet that a fault names comes right before it. */
const recentPackets = 16;

export class FaultHits {
  readonly clients = new ClientNames();
  /** Oldest first. */
  list: FaultHit[] = [];
  #recent: PacketEntry[] = [];
  readonly #cursor = new TraceCursor();

  /** Marks those of `armed` that hit. */
  sync(record: Growing, armed: readonly ArmedRule[], lines: () => ClientLines): void {
    const { fresh, begun } = this.#cursor.take(record);
    if (begun) {
      this.list = [];
      this.#recent = [];
      this.clients.clear();
    }
    for (const entry of fresh) {
      this.clients.add(entry);
      if (entry.type === 'packet') {
        this.#recent.push(entry);
        if (this.#recent.length > recentPackets) this.#recent.shift();
      }
      if (entry.type === 'fault') this.#addHit(entry, armed, lines());
    }
  }

  #addHit(entry: FaultEntry, armed: readonly ArmedRule[], lines: ClientLines): void {
    const { n, at, line, action } = entry;
    const packet = this.#recent.find((each) => each.n === entry.packet);
    const hit: FaultHit = { n, at, line, action, ...(packet && { packet }), times: 1 };
    const { name, clientId } = lines.of(line);
    const used = packet && armed.find((one) => !one.hit && fits(one.rule, hit, [name, clientId]));
    if (used) used.hit = hit;
    const last = this.list.at(-1);
    if (last && !used && isSame(last, hit)) {
      last.times += 1;
      return;
    }
    this.list.push(hit);
    if (this.list.length > mostHits) this.list.shift();
  }
} // prettier-ignore

export const kindOfHit = ({ packet }: FaultHit): PacketKind | undefined =>
  packet ? (kindOf(packet.bytes[0] ?? 0) ?? undefined) : undefined;

function fits(rule: FaultRule, hit: FaultHit, names: (string | undefined)[]): boolean {
  return (
    rule.action.do === hit.action &&
    rule.direction === hit.packet?.direction &&
    (rule.kind === undefined || rule.kind === kindOfHit(hit)) &&
    (rule.client === undefined || names.includes(rule.client))
  );
}
const isSame = (a: FaultHit, b: FaultHit): boolean =>
  a.line === b.line &&
  a.action === b.action &&
  a.packet?.direction === b.packet?.direction &&
  kindOfHit(a) === kindOfHit(b);

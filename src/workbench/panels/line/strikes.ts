/** Where faults struck in a run, learnt from its trace; and which armed rules that used up. */
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
  /** Absent where it struck the line itself. */
  packet?: PacketEntry;
  /** Strikes of the same kind, one after the other: lasting latency or loss. */
  times: number;
}
/** A rule that this page has armed. */
export interface Armed {
  id: number;
  rule: FaultRule;
  /** Where it struck; then it is used up. */
  struck?: FaultHit;
}

/** Older ones are forgotten: the wire and the packets have them all. */
const mostStrikes = 100;
/** The packet that a fault names stands right before it. */
const recentPackets = 16;

export class FaultHits {
  readonly clients = new ClientNames();
  /** Oldest first. */
  list: FaultHit[] = [];
  #recent: PacketEntry[] = [];
  readonly #cursor = new TraceCursor();

  /** Marks those of `armed` that struck; answers whether the run is another one. */
  sync(record: Growing, armed: readonly Armed[], lines: () => ClientLines): boolean {
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
      if (entry.type === 'fault') this.#struck(entry, armed, lines());
    }
    return begun;
  }

  #struck(entry: FaultEntry, armed: readonly Armed[], lines: ClientLines): void {
    const { n, at, line, action } = entry;
    const packet = this.#recent.find((each) => each.n === entry.packet);
    const strike: FaultHit = { n, at, line, action, ...(packet && { packet }), times: 1 };
    const { name, clientId } = lines.of(line);
    const rule = packet && armed.find(({ struck, rule }) => !struck && fits(rule, strike, [name, clientId]));
    if (rule) rule.struck = strike;
    const last = this.list.at(-1);
    if (last && !rule && isSame(last, strike)) {
      last.times += 1;
      return;
    }
    this.list.push(strike);
    if (this.list.length > mostStrikes) this.list.shift();
  }
} // prettier-ignore

export const kindOfHit = ({ packet }: FaultHit): PacketKind | undefined =>
  packet ? (kindOf(packet.bytes[0] ?? 0) ?? undefined) : undefined;

function fits(rule: FaultRule, strike: FaultHit, names: (string | undefined)[]): boolean {
  return (
    rule.action.do === strike.action &&
    rule.direction === strike.packet?.direction &&
    (rule.kind === undefined || rule.kind === kindOfHit(strike)) &&
    (rule.client === undefined || names.includes(rule.client))
  );
}
const isSame = (a: FaultHit, b: FaultHit): boolean =>
  a.line === b.line &&
  a.action === b.action &&
  a.packet?.direction === b.packet?.direction &&
  kindOfHit(a) === kindOfHit(b);

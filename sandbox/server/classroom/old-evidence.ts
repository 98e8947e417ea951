/**
 * What is old enough to be deleted, on a machine whose clock may be wrong: a Raspberry Pi without a battery begins
 * in the past, and a time server can be years off. The clock must have said so at two looks with a day of running
 * between them, which is counted by the monotonic clock and kept over restarts.
 */
import { courseBegan } from '../../shared/calendar.ts';

export const dayMs = 24 * 3_600_000;

/** Something that may grow old. */
export interface Subject {
  key: string;
  /** Its last sign of life: milliseconds since 1970, by the clock of that moment. */
  sign: number;
}

/** What earlier looks have seen of a subject. Times in milliseconds. */
export interface Seen {
  sign: number;
  /** The clock at the first look with this sign at which it was not certainly wrong; null: none yet. */
  since: number | null;
  /** How long the course had run then, in all its processes. */
  ran: number;
  /** How long it had run when the clock first called it old, and has at every look since; null: it does not. */
  old: number | null;
}
export type Evidence = ReadonlyMap<string, Seen>;

interface Look {
  /** Milliseconds since 1970, perhaps. */
  now: number;
  /** How long the course has run, in all its processes. */
  ran: number;
  keepMs: number;
}

/** @returns what is known after this look, and the keys of what may be deleted */
export function lookAt(
  subjects: readonly Subject[],
  before: Evidence,
  { now, ran, keepMs }: Look,
): { after: Map<string, Seen>; deletable: string[] } {
  const isWrong = now < courseBegan;
  const after = new Map<string, Seen>();
  const deletable: string[] = [];
  for (const { key, sign } of subjects) {
    const known = before.get(key);
    const seen: Seen = known?.sign === sign ? { ...known } : { sign, since: null, ran, old: null };
    if (!isWrong) seen.since ??= now;
    // A sign from a time before the course is that of a wrong clock, too.
    const last = sign < courseBegan ? seen.since : sign;
    const isOld = !isWrong && last !== null && now - last > keepMs;
    seen.old = isOld ? (seen.old ?? ran) : null;
    after.set(key, seen);
    const isSure = seen.old !== null && ran - seen.old >= dayMs;
    // A sign from the future never grows old by the clock; the course has run for as long without another.
    if (isSure || ran - seen.ran > keepMs + dayMs) deletable.push(key);
  }
  return { after, deletable };
}

/** The clock at an earlier look, and how long the course had run. */
export interface Earlier {
  now: number;
  ran: number;
}
/** What outlives the process. */
export interface Kept {
  ran: number;
  earlier: Earlier | null;
  seen: Evidence;
}

/** @returns a time that two looks agree has passed, with a day of running between them; null: not yet */
export const agreed = (earlier: Earlier | null, { now, ran }: Earlier): number | null =>
  earlier && ran - earlier.ran >= dayMs ? Math.min(now, earlier.now) : null;

export const write = ({ ran, earlier, seen }: Kept): string =>
  `${JSON.stringify({ ran, earlier, seen: Object.fromEntries(seen) })}\n`;

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value); // prettier-ignore
const isTimeOrNull = (value: unknown): value is number | null => value === null || isTime(value);

/** What cannot be read is no evidence: waiting begins anew. */
export function read(text: string): Kept {
  const none: Kept = { ran: 0, earlier: null, seen: new Map() };
  try {
    const kept = JSON.parse(text) as Omit<Kept, 'seen'> & { seen: Record<string, Seen> };
    const { ran, earlier } = kept;
    const hasRun = (value: unknown): boolean => isTime(value) && value >= 0 && value <= ran;
    if (!isTime(ran) || !hasRun(0)) return none;
    const entries = Object.entries(kept.seen).filter(
      ([, one]) =>
        isTime(one.sign) &&
        isTimeOrNull(one.since) &&
        hasRun(one.ran) &&
        (one.old === null || hasRun(one.old)),
    );
    const isWhole = earlier !== null && isTime(earlier.now) && hasRun(earlier.ran);
    return { ran, earlier: isWhole ? earlier : null, seen: new Map(entries) };
  } catch {
    return none;
  }
}

/** The log of the broker that runs, as its own output has it: line by line, with the time. */
import type { BrokerEntry, TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import type { ObservedBroker } from '../room/broker-service.ts';

export interface Place {
  run: number;
  /** The last entry that was read. */
  n: number;
}
export const hereIn = (room: ObservedBroker): Place => ({
  run: room.run(),
  n: room.entries().at(-1)?.n ?? 0,
});

/** Entries after that place, and moves it behind them. A new run begins at its first. */
export function entriesSince(room: ObservedBroker, place: Place): readonly TraceEntry[] {
  if (place.run !== room.run()) Object.assign(place, { run: room.run(), n: 0 });
  const all = room.entries();
  const found = all.slice(all.findLastIndex(({ n }) => n <= place.n) + 1);
  place.n = found.at(-1)?.n ?? place.n;
  return found;
}

const ends = { stopped: 'stopped', killed: 'killed', 'power-cut': 'killed' } as const;
export type End = 'stopped' | 'killed' | 'failed' | 'new-run';

/** How the usual broker's process ended, if this entry says so. */
export function endOf(entry: TraceEntry): Exclude<End, 'new-run'> | undefined {
  if (entry.type !== 'broker' || entry.on) return undefined;
  const { what }: BrokerEntry = entry;
  if (what === 'failed') return what;
  return what === 'started' || what === 'saved' ? undefined : ends[what];
}

/** The broker's start has ended so or so, or its process has. */
export const isTurn = (entry: TraceEntry): boolean =>
  entry.type === 'broker' && !entry.on && entry.what !== 'saved';

/** Longer than a page waits for its room. Then what is to come is not waited for any more. */
const longestWait = 10_000;

/**
 * The room answers a request before the trace of what it did has come. Resolves once there is such an entry
 * behind that place, or another run.
 */
export function arrived(
  room: ObservedBroker,
  { run, n }: Place,
  isIt: (entry: TraceEntry) => boolean,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const look = (): void => {
    const isThere = room.entries().some((entry) => entry.n > n && isIt(entry));
    if (room.run() !== run || isThere) over.resolve();
  };
  const unsubscribe = room.onChange(look);
  const timer = setTimeout(over.resolve, longestWait);
  look();
  return over.promise.finally(() => {
    unsubscribe();
    clearTimeout(timer);
  });
}

/** A line of the usual broker's log. */
export const logTextOf = (entry: TraceEntry): string | undefined =>
  entry.type === 'log' && !entry.on ? entry.text : undefined;

/** Seconds since 1970, as Mosquitto puts them before each line. */
export const stamped = (text: string): string => `${Math.floor(Date.now() / 1000)}: ${text}\n`;

/** The exit status of a broker that could not start, by the last of its errors (rc of main). */
export function failedStatus(errors: readonly string[]): number {
  const all = errors.join('\n');
  if (/Unable to open (?:pwfile|acl_file)/.test(all)) return 13;
  return /Address already in use|Permission denied|Cannot assign|listen/.test(all) ? 1 : 3;
}

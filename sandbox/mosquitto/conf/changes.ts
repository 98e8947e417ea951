/**
 * What differs between the versions of Mosquitto: one row for each behaviour and each message, with
 * the version that brought it. Options have theirs in options.ts. Readers ask for a row's value in
 * their version and never compare versions.
 */
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { confChanges } from './conf-changes.ts';
import { runChanges } from './run-changes.ts';
import { inVersion, type Since } from './since.ts';

export { inVersion, type Since } from './since.ts';

const table = { ...confChanges, ...runChanges } as const;

type Table = typeof table;
export type Facts = {
  readonly [K in keyof Table]: Table[K] extends Since<infer T> ? T : never;
} & { readonly version: MosquittoVersion };

const known = new Map<MosquittoVersion, Facts>();

/** The whole table, as it is in one version. */
export function factsOf(version: MosquittoVersion): Facts {
  const found = known.get(version);
  if (found) return found;
  const rows = Object.entries(table as Record<string, Since<unknown>>);
  const facts = {
    version,
    ...Object.fromEntries(rows.map(([key, since]) => [key, inVersion(since, version)])),
  } as Facts;
  known.set(version, facts);
  return facts;
}

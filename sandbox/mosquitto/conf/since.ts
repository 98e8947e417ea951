/** A value that a version of Mosquitto brought, and others before it. */
import { mosquittoVersions, type MosquittoVersion } from '../../protocol/mosquitto.ts';

/** Values by the version that brought them; each holds until the next. */
export type Since<T> = { '2.0.11': T } & Partial<Record<MosquittoVersion, T>>;

/** The value in a version. */
export function inVersion<T>(since: Since<T>, version: MosquittoVersion): T {
  let value = since['2.0.11'];
  for (const each of mosquittoVersions.slice(0, mosquittoVersions.indexOf(version) + 1)) {
    const change = since[each];
    if (change !== undefined) value = change;
  }
  return value;
}

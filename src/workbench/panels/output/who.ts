/** The clients above the output: who listens to what, and how much each has received. */
import { type ClientRole, clientRoleOf } from '../../trace/clients.ts';
import { clientNameOf } from '../../trace/packet-rows.ts';
import type { Words } from '../../i18n/words.ts';
import type { OutputItems } from './output-items.ts';

export interface WhoModel {
  name: string;
  role: ClientRole;
  filters: readonly string[];
  received: number;
}
export interface Cast {
  /** Names of the programs, without `.ts`. */
  devices: readonly string[];
  /** The clients of the scene, with what they will listen to. */
  actors: readonly { name: string; subscribes: readonly string[] }[];
}

/**
 * Listeners of the scene first, who are known before they come; then the programs, then who else has
 * come. A client that reconnects is one.
 */
export function whoIsThere(
  { devices, actors }: Cast,
  items: OutputItems,
  words: Words,
): WhoModel[] {
  const all = new Map<string, { role: ClientRole; filters: Set<string>; received: number }>();
  for (const { name, subscribes } of actors) {
    if (subscribes.length === 0) continue;
    all.set(name, { role: 'subscriber', filters: new Set(subscribes), received: 0 });
  }
  for (const name of devices) all.set(name, { role: 'client', filters: new Set(), received: 0 });
  for (const number of items.listeners.lines) {
    const line = items.lines.of(number);
    const name = clientNameOf(line, words);
    const one = all.get(name) ?? { role: 'client', filters: new Set<string>(), received: 0 };
    one.role = clientRoleOf(line);
    for (const filter of items.listeners.filtersOf(number)) one.filters.add(filter);
    one.received += items.listeners.receivedBy(number);
    all.set(name, one);
  }
  return [...all].map(([name, { filters, ...one }]) => ({ name, ...one, filters: [...filters] }));
}

/** The difference between two states of a broker: what a page that has one needs for the next. */
import type { BrokerStateChanges, BrokerStateJson } from './state.ts';

/** Those of `after` that are new or not as they were, and the keys that are gone. */
function compare<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): { changed: T[]; gone: string[] } {
  const known = new Map(before.map((one) => [keyOf(one), JSON.stringify(one)]));
  const changed = after.filter((one) => known.get(keyOf(one)) !== JSON.stringify(one));
  for (const one of after) known.delete(keyOf(one));
  return { changed, gone: [...known.keys()] };
}

export function stateChanges(before: BrokerStateJson, after: BrokerStateJson): BrokerStateChanges {
  const clients = compare(before.clients, after.clients, ({ clientId }) => clientId);
  const retained = compare(before.retained, after.retained, ({ topic }) => topic);
  return {
    clients: clients.changed,
    gone: clients.gone,
    retained: retained.changed,
    cleared: retained.gone,
  };
}

/** The state after the changes; what is new comes last. */
export function withChanges(state: BrokerStateJson, changes: BrokerStateChanges): BrokerStateJson {
  const merge = <T>(
    old: readonly T[],
    changed: readonly T[],
    gone: readonly string[],
    keyOf: (one: T) => string,
  ): T[] => {
    const all = new Map(old.map((one) => [keyOf(one), one]));
    for (const one of changed) all.set(keyOf(one), one);
    for (const key of gone) all.delete(key);
    return [...all.values()];
  };
  return {
    ...state,
    clients: merge(state.clients, changes.clients, changes.gone, ({ clientId }) => clientId),
    retained: merge(state.retained, changes.retained, changes.cleared, ({ topic }) => topic),
  };
}

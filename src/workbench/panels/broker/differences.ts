/** What is different in a broker since it was looked at before. Pure. */
import type { BrokerState, ClientState } from '../../../../sandbox/protocol/state.ts';

/** new: was not there; changed: was there, and is different; gone: shown once more, crossed out. */
export type Mark = 'new' | 'changed' | 'gone';
export interface MarkedEntry<T> {
  value: T;
  mark?: Mark;
}
export interface MarkedClient {
  value: ClientState;
  mark?: Mark;
  /** Single values that are different. */
  changed: ReadonlySet<ClientField>;
  subscriptions: MarkedEntry<ClientState['subscriptions'][number]>[];
  inflight: MarkedEntry<ClientState['inflight'][number]>[];
}
export type ClientField =
  'connected' | 'version' | 'clean' | 'keepAlive' | 'userName' | 'will' | 'queued';
export interface MarkedState {
  clients: MarkedClient[];
  retained: MarkedEntry<BrokerState['retained'][number]>[];
}

const fields: readonly ClientField[] = [
  'connected', 'version', 'clean', 'keepAlive', 'userName', 'will', 'queued',
]; // prettier-ignore

/** Without `before` nothing is marked: that is the first look. */
export function markedState(now: BrokerState, before?: BrokerState): MarkedState {
  const earlier = new Map(before?.clients.map((client) => [client.clientId, client]));
  const clients = marked(now.clients, before?.clients, ({ clientId }) => clientId, sameClient);
  return {
    clients: clients.map(({ value, mark }) =>
      markedClient(value, mark, mark === 'changed' ? earlier.get(value.clientId) : undefined),
    ),
    retained: marked(now.retained, before?.retained, ({ topic }) => topic, same),
  };
}

/** Whether a reader would see any difference. */
export const isSameState = (a: BrokerState, b: BrokerState): boolean =>
  a.clients.length === b.clients.length &&
  a.retained.length === b.retained.length &&
  markedState(a, b).clients.every(({ mark }) => mark === undefined) &&
  markedState(a, b).retained.every(({ mark }) => mark === undefined);

function markedClient(value: ClientState, mark: Mark | undefined, before?: ClientState): MarkedClient {
  return {
    value,
    ...(mark && { mark }),
    changed: new Set(before ? fields.filter((field) => !same(value[field], before[field])) : []),
    subscriptions: marked(value.subscriptions, before?.subscriptions, ({ filter }) => filter, same),
    inflight: marked(value.inflight, before?.inflight, (one) => `${one.direction} ${one.packetId}`, same),
  };
} // prettier-ignore

function marked<T>(
  now: readonly T[],
  before: readonly T[] | undefined,
  keyOf: (value: T) => string,
  isSame: (a: T, b: T) => boolean,
): MarkedEntry<T>[] {
  if (!before) return now.map((value) => ({ value }));
  const earlier = new Map(before.map((value) => [keyOf(value), value]));
  const here = now.map((value): MarkedEntry<T> => {
    const old = earlier.get(keyOf(value));
    earlier.delete(keyOf(value));
    if (old === undefined) return { value, mark: 'new' };
    return isSame(old, value) ? { value } : { value, mark: 'changed' };
  });
  return [
    ...here,
    ...[...earlier.values()].map((value): MarkedEntry<T> => ({ value, mark: 'gone' })),
  ];
}

const sameClient = (a: ClientState, b: ClientState): boolean => same(a, b);

/** Plain data, with bytes. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (left.length !== right.length) return false;
  return left.every(([key, value]) => same(value, (b as Record<string, unknown>)[key]));
}

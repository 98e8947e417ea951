import type { TextStore } from '../store/drafts.ts';

/**
 * What the learner does: writes a program, or watches a run. The dock is lower while somebody writes.
 */
export type Activity = 'writing' | 'watching';
/** Percent of the column's height that the dock gets; without a value the styles decide. */
export type DockShares = Partial<Record<Activity, number>>;

export const leastShare = 20;
export const mostShare = 85;
const key = 'retained:dock';

export const clampShare = (wanted: number): number =>
  Math.min(mostShare, Math.max(leastShare, Math.round(wanted)));

/** The shares of this browser. What is kept is not believed: it may be from another release. */
export function loadShares(store: TextStore): DockShares {
  let kept: unknown;
  try {
    kept = JSON.parse(store.getItem(key) ?? 'null');
  } catch {
    return {};
  }
  const shares: DockShares = {};
  for (const activity of ['writing', 'watching'] as const) {
    const share = (kept as Record<string, unknown> | null)?.[activity];
    if (typeof share === 'number') shares[activity] = clampShare(share);
  }
  return shares;
}

export function saveShares(store: TextStore, shares: DockShares): void {
  if (Object.keys(shares).length === 0) store.removeItem(key);
  else store.setItem(key, JSON.stringify(shares));
}

/** The share that a key asks for; undefined if the key is not for the divider. */
export function shareForKey(pressed: string, share: number): number | undefined {
  const wanted = { ArrowUp: share + 4, ArrowDown: share - 4, Home: mostShare, End: leastShare };
  const found = Object.entries(wanted).find(([name]) => name === pressed);
  return found && clampShare(found[1]);
}

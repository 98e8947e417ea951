import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { TextStore } from '../store/drafts.ts';

/** Which panels have a tab, and which of them is in front. */
export interface PanelLayout {
  open: PanelName[];
  front: PanelName | undefined;
}

/**
 * The tabs of an exercise: those it names, or what the learner made of them. A panel that is no
 * longer offered is left out, and what is kept is not believed: it may be from another release.
 * @param fixed its tab cannot be closed
 */
export function loadLayout(
  store: TextStore,
  exercise: string,
  offered: readonly PanelName[],
  first: readonly PanelName[],
  fixed?: PanelName,
): PanelLayout {
  const kept = parse(store.getItem(keyOf(exercise)));
  const wanted: readonly unknown[] = kept?.open ?? first;
  const open = offered.filter((name) => name === fixed || wanted.includes(name));
  const found = (name: unknown) => open.find((each) => each === name);
  return { open, front: found(kept?.front) ?? found(wanted.find((name) => found(name))) };
}

/**
 * What the dock shows of the layout.
 * @param isApart the output stands beside the panels and needs no tab
 * @param beside is in the second dock and needs no tab
 */
export function shownLayout(
  layout: PanelLayout,
  isApart: boolean,
  beside?: PanelName,
): PanelLayout {
  const open = layout.open.filter((name) => !(isApart && name === 'output') && name !== beside);
  return { open, front: open.find((name) => name === layout.front) ?? open[0] };
}

export function saveLayout(store: TextStore, exercise: string, layout: PanelLayout): void {
  store.setItem(keyOf(exercise), JSON.stringify(layout));
}

/** Opens or closes a tab; a closed one that was in front gives its place to its neighbour. */
export function toggle(
  layout: PanelLayout,
  offered: readonly PanelName[],
  name: PanelName,
): PanelLayout {
  if (!layout.open.includes(name)) {
    const open = offered.filter((each) => each === name || layout.open.includes(each));
    return { open, front: name };
  }
  const at = layout.open.indexOf(name);
  const open = layout.open.filter((each) => each !== name);
  const front = layout.front === name ? (open[at] ?? open.at(-1)) : layout.front;
  return { open, front };
}

const keyOf = (exercise: string) => `retained:panels:${exercise}`;

function parse(text: string | null): { open: unknown[]; front: unknown } | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as { open?: unknown; front?: unknown } | null;
    return Array.isArray(value?.open) ? { open: value.open, front: value.front } : undefined;
  } catch {
    return undefined;
  }
}

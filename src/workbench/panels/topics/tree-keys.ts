/** Keys of a tree, as ARIA's tree pattern has them: where the selection goes, or what is folded. */
import type { TopicRow } from './topic-rows.ts';

export type TreeStep = { to: number; fold?: undefined } | { fold: true };

/** `at` is -1 if nothing is selected. Undefined: the key means nothing here. */
export function stepIn(rows: readonly TopicRow[], at: number, key: string): TreeStep | undefined {
  const last = rows.length - 1;
  if (last < 0) return undefined;
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(last, at + 1) };
    case 'ArrowUp':
      return { to: at < 0 ? last : Math.max(0, at - 1) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: last };
    case 'ArrowRight':
      if (row?.open === undefined) return undefined;
      return row.open ? { to: at + 1 } : { fold: true };
    case 'ArrowLeft': {
      if (!row) return undefined;
      if (row.open) return { fold: true };
      for (let i = at - 1; i >= 0; i -= 1) {
        if (rows[i]!.node.depth < row.node.depth) return { to: i };
      }
      return undefined;
    }
    case 'Enter':
    case ' ':
      return row?.open === undefined ? undefined : { fold: true };
    default:
      return undefined;
  }
}

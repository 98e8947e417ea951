/** The tree as rows: what is open, what a filter matches. */
import { matches } from '../../../../sandbox/mqtt/topic-match.ts';
import type { TopicNode, TopicTree } from './topic-tree.ts';

export interface TopicRow {
  node: TopicNode;
  /** Undefined if nothing is below. */
  open: boolean | undefined;
  /** Undefined without a filter, and where the row is no topic itself. */
  matches: boolean | undefined;
}
export interface TopicRows {
  rows: TopicRow[];
  /** Topics that the filter matches. */
  matched: number;
}

/** `closed`: topics whose lower levels are folded away. `filter` is valid, or undefined. */
export function rowsOf(
  tree: TopicTree,
  closed: ReadonlySet<string>,
  filter: string | undefined,
): TopicRows {
  const rows: TopicRow[] = [];
  let matched = 0;
  const walk = (node: TopicNode, hidden: boolean): void => {
    for (const child of inOrder(node)) {
      const hit = filter === undefined || !child.isTopic ? undefined : matches(filter, child.topic);
      if (hit) matched += 1;
      const open = child.children.size > 0 ? !closed.has(child.topic) : undefined;
      if (!hidden) rows.push({ node: child, open, matches: hit });
      walk(child, hidden || open === false);
    }
  };
  walk(tree.root, false);
  return { rows, matched };
}

/** By code point, with what the broker itself publishes at the end. */
function inOrder(node: TopicNode): TopicNode[] {
  const rank = ({ level }: TopicNode) => (level.startsWith('$') ? 1 : 0);
  return [...node.children.values()].sort(
    (a, b) => rank(a) - rank(b) || (a.level < b.level ? -1 : 1),
  );
}

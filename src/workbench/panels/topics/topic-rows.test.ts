import { expect, test } from 'vitest';
import { rowsOf } from './topic-rows.ts';
import { TopicTree } from './topic-tree.ts';

function treeOf(...topics: string[]): TopicTree {
  const tree = new TopicTree();
  for (const topic of topics) tree.hold(topic, new Uint8Array());
  return tree;
}
const tree = treeOf('home/kitchen/light', '$SYS/broker/uptime', 'home/bath', 'home', '/a');

test('level by level in order, what the broker publishes last', () => {
  const { rows, matched } = rowsOf(tree, new Set(), undefined);
  expect(rows.map(({ node, open }) => `${node.topic} ${open ?? ''}`.trim())).toEqual([
    'true',
    '/a',
    'home true',
    'home/bath',
    'home/kitchen true',
    'home/kitchen/light',
    '$SYS true',
    '$SYS/broker true',
    '$SYS/broker/uptime',
  ]);
  expect(rows.every((row) => row.matches === undefined)).toBe(true);
  expect(matched).toBe(0);
});

test('a folded level hides what is below, and its matches still count', () => {
  const { rows, matched } = rowsOf(tree, new Set(['home']), 'home/#');
  expect(rows.map(({ node }) => node.topic)).not.toContain('home/bath');
  expect(rows.find(({ node }) => node.topic === 'home')).toMatchObject({ open: false, matches: true });
  expect(matched).toBe(3);
}); // prettier-ignore

test('levels that are no topic match nothing', () => {
  const { rows, matched } = rowsOf(tree, new Set(), '+/+');
  const hits = rows.filter((row) => row.matches).map(({ node }) => node.topic);
  expect(hits).toEqual(['/a', 'home/bath']);
  expect(matched).toBe(2);
});

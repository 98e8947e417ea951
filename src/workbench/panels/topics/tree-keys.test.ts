import { expect, test } from 'vitest';
import { rowsOf } from './topic-rows.ts';
import { TopicTree } from './topic-tree.ts';
import { stepIn } from './tree-keys.ts';

const tree = new TopicTree();
for (const topic of ['a', 'b/c', 'b/d/e']) tree.hold(topic, new Uint8Array());
// a · b · b/c · b/d · b/d/e
const { rows } = rowsOf(tree, new Set(), undefined);
const folded = rowsOf(tree, new Set(['b']), undefined).rows;

test.each([
  [-1, 'ArrowDown', { to: 0 }],
  [-1, 'ArrowUp', { to: 4 }],
  [4, 'ArrowDown', { to: 4 }],
  [0, 'ArrowUp', { to: 0 }],
  [2, 'Home', { to: 0 }],
  [2, 'End', { to: 4 }],
  [1, 'ArrowRight', { to: 2 }],
  [0, 'ArrowRight', undefined],
  [4, 'ArrowLeft', { to: 3 }],
  [2, 'ArrowLeft', { to: 1 }],
  [0, 'ArrowLeft', undefined],
  [1, 'ArrowLeft', { fold: true }],
  [3, 'Enter', { fold: true }],
  [2, 'Enter', undefined],
  [2, 'x', undefined],
])('at %i, %s', (at, key, step) => expect(stepIn(rows, at, key)).toEqual(step));

test('a folded level opens first', () => {
  expect(stepIn(folded, 1, 'ArrowRight')).toEqual({ fold: true });
  expect(stepIn([], -1, 'ArrowDown')).toBeUndefined();
});

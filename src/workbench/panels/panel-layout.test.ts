import { expect, test } from 'vitest';
import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import { guardedStore } from '../store/drafts.ts';
import { loadLayout, saveLayout, shownLayout, toggle } from './panel-layout.ts';

const offered: PanelName[] = ['topics', 'wire', 'packets', 'broker'];
const emptyStore = () =>
  guardedStore(() => {
    throw new Error('no store');
  });

test('at first the panels that the exercise names, its first one in front', () => {
  const layout = loadLayout(emptyStore(), 'a/b', offered, ['packets', 'wire']);
  expect(layout).toEqual({ open: ['wire', 'packets'], front: 'packets' });
});

test('what the learner opened and left in front is found again, for this exercise only', () => {
  const store = emptyStore();
  saveLayout(store, 'a/b', { open: ['packets', 'broker'], front: 'broker' });
  expect(loadLayout(store, 'a/b', offered, ['packets'])).toEqual({
    open: ['packets', 'broker'],
    front: 'broker',
  });
  expect(loadLayout(store, 'a/c', offered, ['packets']).open).toEqual(['packets']);
});

test.each(['{', 'null', '{"open":1}', '{"open":["nothing",{}],"front":"__proto__"}'])(
  'a kept text that is none, or of another release, does no harm: %s',
  (text) => {
    const store = emptyStore();
    store.setItem('retained:panels:a/b', text);
    const layout = loadLayout(store, 'a/b', offered, ['packets']);
    expect(offered).toEqual(expect.arrayContaining(layout.open));
    expect(layout.front === undefined || layout.open.includes(layout.front)).toBe(true);
  },
);

test('a tab that opens comes to the front, in its place; one that closes gives way', () => {
  const one = toggle({ open: ['wire', 'broker'], front: 'wire' }, offered, 'packets');
  expect(one).toEqual({ open: ['wire', 'packets', 'broker'], front: 'packets' });
  expect(toggle(one, offered, 'packets')).toEqual({ open: ['wire', 'broker'], front: 'broker' });
  expect(toggle(one, offered, 'wire').front).toBe('packets');
  expect(toggle({ open: ['wire'], front: 'wire' }, offered, 'wire')).toEqual({
    open: [],
    front: undefined,
  });
});

test('the output has a tab in every layout, kept or new, and is in front only if it was chosen', () => {
  const store = emptyStore();
  const withOutput: PanelName[] = ['output', ...offered];
  const layout = loadLayout(store, 'a/b', withOutput, ['packets'], 'output');
  expect(layout).toEqual({ open: ['output', 'packets'], front: 'packets' });
  saveLayout(store, 'a/c', { open: ['wire'], front: 'wire' });
  expect(loadLayout(store, 'a/c', withOutput, ['packets'], 'output').open).toEqual([
    'output',
    'wire',
  ]);
  // Without programs it is a panel like the others.
  expect(loadLayout(store, 'a/d', withOutput, ['packets']).open).toEqual(['packets']);
});

test.each([
  [false, 'output', ['output', 'packets'], 'output'],
  [false, undefined, ['output', 'packets'], 'output'],
  [true, 'output', ['packets'], 'packets'],
  [true, 'packets', ['packets'], 'packets'],
] as const)('the output apart: %s, in front %s', (isApart, front, open, shownFront) => {
  const layout = { open: ['output', 'packets'] as PanelName[], front };
  expect(shownLayout(layout, isApart)).toEqual({ open, front: shownFront });
});

import { expect, test } from 'vitest';
import { sharedIds } from './headings.ts';

const h = (slug: string, depth = 2) => ({ depth, slug, text: slug.toUpperCase() });

test('a heading gets the id of the English one at its place', () => {
  const own = [h('剛才發生了什麼'), h('細節', 3), h('換你說話')];
  const english = [h('what-you-just-saw'), h('now-say-something')];
  expect(sharedIds('x', own, english)).toEqual({
    剛才發生了什麼: 'what-you-just-saw',
    換你說話: 'now-say-something',
  });
});

test('languages with different headings are a mistake, with both lists', () => {
  expect(() => sharedIds('first-message', [h('一')], [h('one'), h('two')])).toThrow(
    'lessons/first-message: the languages need the same headings; en.mdx has 2 (“ONE”, “TWO”), the other 1 (“一”)',
  );
});

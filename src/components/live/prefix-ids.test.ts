import { expect, test } from 'vitest';
import { prefixIds } from './prefix-ids.ts';

test.each([
  ['<h2 id="now">x</h2>', '<h2 id="qos--now">x</h2>'],
  ['<a class="x" href="#now">x</a>', '<a class="x" href="#qos--now">x</a>'],
  ['<a href="/en/#map">x</a>', '<a href="/en/#map">x</a>'],
  ['<div aria-labelledby="a b" hidden>', '<div aria-labelledby="qos--a qos--b" hidden>'],
  [
    '<input type="radio" name="quiz-1" id="q">',
    '<input type="radio" name="qos--quiz-1" id="qos--q">',
  ],
  ['<p>id="now" in text</p>', '<p>id="now" in text</p>'],
  ['<p data-id="now">x</p>', '<p data-id="now">x</p>'],
])('%s', (before, after) => {
  expect(prefixIds(before, 'qos--')).toBe(after);
});

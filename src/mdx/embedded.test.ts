import { expect, test } from 'vitest';
import { embedEnd, embedStart, embeddedIn } from './embedded.ts';

const one = `${embedStart}<b>one</b>${embedEnd}`;

test('the exercise alone is left of a lesson', () => {
  expect(embeddedIn(`<p>before</p>${one}<p>after</p>`)).toBe('<b>one</b>');
});

test.each([['<p>none</p>'], [one + one], [`${embedStart}<p>open`]])('%s is refused', (html) => {
  expect(() => embeddedIn(html)).toThrow('to embed');
});

import { expect, test } from 'vitest';
import { linesOf, socialSvg } from './social-image.ts';

test.each([
  ['Your first message', 30, ['Your first message']],
  ['What a broker must check', 10, ['What a broker', 'must check']],
  ['誰可以做什麼', 4, ['誰可以做', '什麼']],
  ['遺囑訊息（Last Will）', 7, ['遺囑訊息（', 'Last Will）']],
])('“%s” in lines of %d ems', (text, most, lines) => {
  expect(linesOf(text, most)).toEqual(lines);
});

test('a title is text, whatever is in it', () => {
  const words = { title: '<b> & "x"', part: 'p', name: 'n', tagline: 't' };
  expect(socialSvg('en', words)).toContain('&#60;b&#62; &#38; &#34;x&#34;');
});

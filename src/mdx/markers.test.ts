import { describe, expect, test } from 'vitest';
import { nothingElse, take, unwrap } from './markers.ts';

test('takes the children out, in order, with their attributes', () => {
  const html =
    '<p>Ask</p> <x-answer right><p>Yes</p><x-why>so</x-why></x-answer><x-answer data-id="a&quot;b">No</x-answer>';
  expect(take(html, 'answer')).toEqual({
    found: [
      { attributes: { right: '' }, html: '<p>Yes</p><x-why>so</x-why>' },
      { attributes: { 'data-id': 'a"b' }, html: 'No' },
    ],
    rest: '<p>Ask</p>',
  });
});

test('empty paragraphs around the children are no rest', () => {
  expect(take('<p><x-check id="a">b</x-check></p>', 'check').rest).toBe('');
});

test.each([
  ['<p>One</p>', 'One'],
  [' <p>One <em>x</em></p>\n', 'One <em>x</em>'],
  ['<p>One</p><p>Two</p>', '<p>One</p><p>Two</p>'],
  ['bare', 'bare'],
])('unwrap %s', (html, text) => expect(unwrap(html)).toBe(text));

describe('nothingElse', () => {
  test('nothing', () => nothingElse('Exercise', '', '<Check>'));
  test('a stray sentence is named', () => {
    expect(() => nothingElse('Exercise', '<p>Now write</p>', '<Check> and <Hint>')).toThrow(
      '<Exercise> holds only <Check> and <Hint>; found “Now write”',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { id, oneOf, sameSet, text } from './props.ts';

describe('a bad prop names the component and what is allowed', () => {
  test('oneOf', () => {
    expect(oneOf('Aside', 'type', 'note', ['note', 'warning'])).toBe('note');
    expect(() => oneOf('Aside', 'type', 'hint', ['note', 'warning'])).toThrow(
      '<Aside type="hint">: type is one of "note", "warning"',
    );
    expect(() => oneOf('Aside', 'type', undefined, ['note'])).toThrow('<Aside type="undefined">');
  });

  test.each(['', 'Wrong', 'a_b', '-a', 'a--b', undefined, '../x'])('id %s', (value) => {
    expect(() => id('Check', 'id', value)).toThrow('<Check id=');
  });
  test('a good id', () => expect(id('Check', 'id', 'ended-too-soon')).toBe('ended-too-soon'));

  test('text', () => {
    expect(text('Figure', 'caption', 'A wire')).toBe('A wire');
    expect(() => text('Figure', 'caption', ' ')).toThrow('<Figure>: caption is missing');
  });
});

describe('sentences and what the exercise asks for', () => {
  const check = (found: string[]) => sameSet('Check id', 'exercise.ts', ['a', 'b'], found);
  test('the same, in any order', () => check(['b', 'a']));
  test('one is missing', () => {
    expect(() => check(['a'])).toThrow('<Check id> is missing for "b", which exercise.ts asks for');
  });
  test('one is unknown', () => {
    expect(() => check(['a', 'b', 'c'])).toThrow('<Check id> "c": exercise.ts has "a", "b"');
  });
  test('one stands twice', () => {
    expect(() => check(['a', 'b', 'a'])).toThrow('<Check id> "a" stands twice');
  });
});

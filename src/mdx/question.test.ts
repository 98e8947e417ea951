import { describe, expect, test } from 'vitest';
import { questionOf } from './question.ts';

const answer = (words: string, right = false, why = 'because') =>
  `<x-answer${right ? ' right' : ''}>${words}<x-why><p>${why}</p></x-why></x-answer>`;

test('reads the question, its answers and their explanations', () => {
  const html = `<p>Who hears it?</p>${answer('<p>All</p>')}${answer('<p>One</p>', true, 'so it is')}`;
  expect(questionOf('Quiz', 'who', html, 1)).toEqual({
    ask: '<p>Who hears it?</p>',
    answers: [
      { html: 'All', why: 'because', right: false },
      { html: 'One', why: 'so it is', right: true },
    ],
  });
});

test('a prediction may say what the run showed', () => {
  const html = `<p>How many?</p>${answer('1')}${answer('2')}<x-outcome><p>It was {n}.</p></x-outcome>`;
  expect(questionOf('Predict', 'n', html, 0)).toMatchObject({
    ask: '<p>How many?</p>',
    outcome: 'It was {n}.',
  });
});

describe('a question that is not whole stops the build', () => {
  const ask = '<p>Who?</p>';
  const two = answer('a', true) + answer('b');
  test.each([
    ['no question', two, 1, 'the question itself is missing'],
    ['one answer', ask + answer('a', true), 1, '1 answers; it needs two to five'],
    [
      'no right answer',
      ask + answer('a') + answer('b'),
      1,
      '0 answers are marked right; it needs 1',
    ],
    ['a right prediction', ask + two, 0, '1 answers are marked right; it needs 0'],
    ['no why', `${ask + answer('a', true)}<x-answer>b</x-answer>`, 1, 'needs one <Why>; “b” has 0'],
    ['no words', ask + two + answer(''), 1, 'an <Answer> without words'],
    ['an outcome of a quiz', `${ask + two}<x-outcome>x</x-outcome>`, 1, '1 <Outcome>; only a'],
    ['a why outside', `${ask + two}<x-why>x</x-why>`, 1, 'holds only <Why> inside <Answer>'],
  ] as const)('%s', (_, html, rights, message) => {
    expect(() => questionOf('Quiz', 'who', html, rights)).toThrow(message);
  });
});

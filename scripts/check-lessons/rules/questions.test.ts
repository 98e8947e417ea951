import { expect, test } from 'vitest';
import { parseMdx } from '../page.ts';
import { givenAwayBy } from './questions.ts';

/** Each quiz is its answers, the right one with a star before it. */
const page = (...quizzes: string[][]) =>
  parseMdx(
    quizzes
      .map(
        (answers, id) =>
          `<Quiz id="q${id}">\n\n?\n\n${answers
            .map((answer) => {
              const [right, text] = answer.startsWith('*')
                ? [' right', answer.slice(1)]
                : ['', answer];
              return `<Answer${right}>\n\n${text}\n\n<Why>because it is long enough to matter</Why>\n\n</Answer>`;
            })
            .join('\n\n')}\n\n</Quiz>`,
      )
      .join('\n\n'),
  );

test('right answers in two places, none standing out by its length, give nothing away', () => {
  expect(
    givenAwayBy(page(['*on', 'off', 'both of them'], ['all', 'none', '*two or three'])),
  ).toEqual([]);
});

test('one place, the longest or the shortest in every quiz gives the answer away', () => {
  const place = page(['a', '*b c', 'defgh'], ['a', '*b c', 'defgh']);
  expect(givenAwayBy(place)).toEqual([
    'the right answer is number 2 in every quiz; put one in another place',
  ]);
  const longest = page(['a', '*`b` and *c*'], ['*d and e', 'f']);
  expect(givenAwayBy(longest)).toEqual([
    'the right answer is the longest in every quiz; make it shorter or another longer',
  ]);
  const shortest = page(['a and b', '*b'], ['*d', 'e and f']);
  expect(givenAwayBy(shortest)).toEqual([
    'the right answer is the shortest in every quiz; make it longer or another shorter',
  ]);
});

test('a Chinese sign is as wide as two others', () => {
  expect(givenAwayBy(page(['abcdef', '*四個字長'], ['*三個字', 'abcde']))[0]).toMatch(/longest/);
});

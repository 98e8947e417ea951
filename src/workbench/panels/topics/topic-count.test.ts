import { expect, test } from 'vitest';
import en from '../../../i18n/en/panels.json' with { type: 'json' };
import { createWords } from '../../i18n/words.ts';
import { topicCount } from './topic-count.ts';

const words = createWords(en);

test.each([
  [0, undefined, ''],
  [1, undefined, '1 topic'],
  [2, undefined, '2 topics'],
  [0, 0, 'matches 0 of 0 topics'],
  [1, 1, 'matches 1 of 1 topic'],
  [3, 1, 'matches 1 of 3 topics'],
])('%s topics, %s matched: %j', (all, matched, text) => {
  expect(topicCount(words, all, matched)).toBe(text);
});

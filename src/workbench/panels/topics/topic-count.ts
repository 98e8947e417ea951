import type { Words } from '../../i18n/words.ts';

/** How many topics the tree has and, if there is a filter, how many of them it matches. */
export function topicCount(words: Words, all: number, matched: number | undefined): string {
  const one = all === 1 ? '.one' : '';
  if (matched !== undefined) return words(`panels.topics.matched${one}`, { count: matched, all });
  return all === 0 ? '' : words(`panels.topics.count${one}`, { all });
}

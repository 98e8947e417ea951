import type { Words } from '../i18n/words.ts';
import type { Text } from './notice.ts';

/** The text in the reader's language. */
export function textOf({ key, values = {} }: Text, words: Words): string {
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? textOf(value, words) : value,
  ]);
  return words(key, Object.fromEntries(filled) as Record<string, string | number>).trim();
}

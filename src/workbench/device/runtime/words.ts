import en from '../../../i18n/en/editor.json' with { type: 'json' };
import zhTw from '../../../i18n/zh-tw/editor.json' with { type: 'json' };
import type { MoreText } from '../fit-text.ts';

export type Word = keyof typeof en;

/** The sentence about text that was cut off (`fit-text.ts`). */
export function moreText(language: 'en' | 'zh-tw'): MoreText {
  const t = words(language);
  return (count, of) => t(`device.more.${of}`, { count: count.toLocaleString('en') });
}

/** The sentences of editor and device, for code that runs where the site's own i18n does not. */
export function words(language: 'en' | 'zh-tw') {
  const table: Record<Word, string> = language === 'zh-tw' ? zhTw : en;
  return (key: Word, values: Record<string, string> = {}): string =>
    table[key].replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);
}

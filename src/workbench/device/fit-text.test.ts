import { describe, expect, it } from 'vitest';
import { fitText, MAX_ROWS, MAX_TEXT, rowCountOf } from './fit-text.ts';
import { moreText } from './runtime/words.ts';

const en = moreText('en');
const fit = (text: string, leftOut = 0) => fitText(text, en, leftOut);

describe('fitText', () => {
  it('leaves alone what people write', () => {
    for (const text of [
      '',
      'Hello',
      'שָׁלוֹם',
      'สวัสดี้',
      'Việt Nam',
      'a\n'.repeat(399),
      '字'.repeat(8192),
    ])
      expect(fit(text)).toBe(text);
  });
  it('says how many characters are missing, in the language of the page', () => {
    expect(fit('字'.repeat(100_000))).toMatch(/^字{8100} … 91,900 more characters$/);
    expect(fit('x'.repeat(8192), 92_000)).toMatch(/^x{8100} … 92,092 more characters$/);
    expect(fitText('x'.repeat(10_000), moreText('zh-tw'))).toMatch(/x ……還有 1,900 個字元$/);
  });
  it('says how many rows are missing', () => {
    const text = fit('\n'.repeat(8_000));
    expect(rowCountOf(text)).toBe(MAX_ROWS);
    expect(text.trim()).toBe('… 7,602 more lines');
  });
  it('keeps no more than a few marks on one letter', () => {
    expect(fit(`z${'\u0301'.repeat(8_000)}!`)).toBe(
      `z${'\u0301'.repeat(4)}! … 7,996 more characters`,
    );
    const zalgo = fit(`${`z${'\u0301'.repeat(50)}`.repeat(100)}`);
    expect(zalgo).toBe(`${`z${'\u0301'.repeat(4)}`.repeat(100)} … 4,600 more characters`);
  });
  it.each([
    ['characters', '字'.repeat(100_000)],
    ['rows', 'row\n'.repeat(2_000)],
    ['both', 'a long row of text\n'.repeat(10_000)],
    ['marks', 'e\u0301\u0302'.repeat(9) + '\u0301'.repeat(20_000)],
  ])('is the same the second time: %s', (_, text) => {
    const once = fit(text);
    expect(fit(once)).toBe(once);
    expect(once.length).toBeLessThanOrEqual(MAX_TEXT);
    expect(rowCountOf(once)).toBeLessThanOrEqual(MAX_ROWS);
  });
});

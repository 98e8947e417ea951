/** What Debian's mosquitto_sub prints with `-F %J`. */
import { describe, expect, it } from 'vitest';
import { parseJson, printJson } from './cjson.ts';

const bytes = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
const text = (printed: string): string =>
  new TextDecoder().decode(Uint8Array.from(printed, (letter) => letter.charCodeAt(0)));
const again = (json: string, pretty = false): string | undefined => {
  const value = parseJson(bytes(json));
  return value === undefined ? undefined : text(printJson(value, pretty));
};

describe('JSON as cJSON has it', () => {
  it.each([
    ['{"\\u540d": "\\u6eab\\u5ea6"}', '{"名":"溫度"}'],
    ['{"face": "\\ud83d\\ude00"}', '{"face":"😀"}'],
    ['{"id": 1724442618569203714, "10": 1, "9": 2}', '{"id":1.7244426185692037e+18,"10":1,"9":2}'],
    ['{"a": 1, "a": 2}', '{"a":1,"a":2}'],
    ['{"a": "x\\u0000y"}', '{"a":"x"}'],
    ['[01, -0, 1.]', '[1,0,1]'],
    ['[21.50, 1e5, 1e20, 1e-5, 0.1, -3e-7, 123456789012]', '[21.5,100000,1e+20,1e-05,0.1,-3e-07,123456789012]'],
    [' {"e":{}, "l":[ ], "s":"a\\/b\\n\\"" } ', '{"e":{},"l":[],"s":"a/b\\n\\""}'],
    ['true', 'true'],
  ])('%s', (json, printed) => expect(again(json)).toBe(printed)); // prettier-ignore

  it.each([
    '',
    '{',
    '[1,]',
    '{"a"}',
    '"\\x"',
    '"\\ud83d"',
    'nul',
    '1 2',
    '+1',
    '.5',
    '"open',
    '{1:2}',
  ])('refuses %j', (json) => expect(again(json)).toBeUndefined());

  it('passes bytes on that are no UTF-8', () => {
    const value = parseJson('"\xff\xfe"');
    expect(printJson(value!, false)).toBe('"\xff\xfe"');
  });

  it('takes a thousand levels and no more', () => {
    expect(again(`${'['.repeat(1000)}${']'.repeat(1000)}`)).toBeDefined();
    expect(again(`${'['.repeat(1002)}${']'.repeat(1002)}`)).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import { previewOf, readable } from './payload-preview.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each([
  ['text', utf8('21.5 °C'), '21.5 °C', 'text'],
  ['Chinese', utf8('你好'), '你好', 'text'],
  ['markup, as text', utf8('<img src=x onerror=alert(1)>'), '<img src=x onerror=alert(1)>', 'text'],
  ['nothing', new Uint8Array(), '', 'text'],
  ['bytes that are no UTF-8', Uint8Array.of(0xc0, 0x80, 0xff), 'c0 80 ff', 'hex'],
  ['control characters', Uint8Array.of(0x00, 0x41), '00 41', 'hex'],
  ['a cut character', utf8('é').subarray(0, 1), 'c3', 'hex'],
])('%s', (_, bytes, text, form) => {
  expect(readable(bytes)).toEqual({ text, form, cut: false });
});

test('a long text is cut between characters', () => {
  expect(readable(utf8('😀'.repeat(10_000)), 3)).toEqual({
    text: '😀😀😀',
    form: 'text',
    cut: true,
  });
  expect(readable(utf8(`a${'你'.repeat(10_000)}`), 50).form).toBe('text');
  expect(previewOf(utf8('one\n two'), 80)).toBe('one two');
  expect(previewOf(new Uint8Array(100).fill(0xff), 2)).toBe('ff ff…');
});

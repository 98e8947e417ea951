import { describe, expect, it } from 'vitest';
import { keysOf, LineEditor, widthOf } from './line-editor.ts';

/** The line after some keys, with the cursor as `|`. */
function typed(data: string): string {
  const editor = new LineEditor();
  for (const key of keysOf(data)) editor.edit(key);
  return `${editor.text.slice(0, editor.cursor)}|${editor.text.slice(editor.cursor)}`;
}

describe('keys', () => {
  it.each([
    ['abc', 'abc|'],
    ['abc\x1b[D\x1b[Dx', 'ax|bc'],
    ['abc\x01x', 'x|abc'],
    ['abc\x01\x05x', 'abcx|'],
    ['abc\x7f\x7f', 'a|'],
    ['abc\x1b[H\x1b[3~', '|bc'],
    ['one two three\x17', 'one two |'],
    ['one two\x1b[1;5D\x0b', 'one |'],
    ['one two\x1bb\x15', '|two'],
    ['台灣\x7f', '台|'],
    ['é👩‍🔬\x7f', 'é|'],
    ['é👩‍🔬\x1b[Dx', 'éx|👩‍🔬'],
    ['a\x1b[5~\x1b[200~b\x1b[Zc', 'abc|'],
    ['\x7f\x1b[D\x1b[3~\x17', '|'],
  ])('%j → %s', (data, line) => {
    expect(typed(data)).toBe(line);
  });

  it('of a paste with lines are lines', () => {
    expect([...keysOf('a\r\nb\rc')].map(({ key }) => key)).toEqual(['text', 'enter', 'text', 'enter', 'text']); // prettier-ignore
  });
  it('of several kinds in one piece', () => {
    expect([...keysOf('\x03\x04\t\x1b[A\x1bOB\x0c')].map(({ key }) => key)).toEqual(['interrupt', 'end-of-file', 'tab', 'up', 'down', 'clear']); // prettier-ignore
  });
});

describe('on the screen', () => {
  it.each([
    ['abc', 3],
    ['台灣', 4],
    ['é', 1],
    ['한', 2],
    ['', 0],
  ])('%s takes %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('the cursor stands where the next character goes, over rows and wide characters', () => {
    const editor = new LineEditor();
    const show = () => editor.render('$ ', 10);
    editor.set('abc');
    expect(show()).toBe('\r\x1b[J$ abc\r\x1b[5C');
    editor.set('台灣', 1);
    expect(show()).toBe('\r\x1b[J$ 台灣\r\x1b[4C');
    // Two rows, the cursor at the end of the second; then back in the first.
    editor.set('0123456789');
    expect(show()).toBe('\r\x1b[J$ 0123456789\r\x1b[2C');
    editor.cursor = 0;
    expect(show()).toBe('\x1b[1A\r\x1b[J$ 0123456789\x1b[1A\r\x1b[2C');
    // As long as the row exactly: the cursor is in the next one.
    editor.begin();
    editor.set('01234567');
    expect(show()).toBe('\r\x1b[J$ 01234567\r\n\r');
  });
});

it('what is typed at the end is written alone, so that a screen reader reads just that', () => {
  const editor = new LineEditor();
  const show = () => editor.render('$ ', 10);
  const type = (text: string) => {
    editor.edit({ key: 'text', text });
    return show();
  };
  expect(show()).toBe('\r\x1b[J$ \r\x1b[2C');
  expect([type('m'), type('o'), type('sq')]).toEqual(['m', 'o', 'sq']);
  // Elsewhere in the line, at the edge, or an accent for the letter before: all of it is shown anew.
  editor.cursor = 0;
  expect(show()).toBe('\r\x1b[J$ mosq\r\x1b[2C');
  expect(type('x')).toBe('\r\x1b[J$ xmosq\r\x1b[3C');
  editor.cursor = 5;
  expect(show()).toBe('\r\x1b[J$ xmosq\r\x1b[7C');
  expect(type('\u0301')).toContain('\r\x1b[J');
  expect(type('abc')).toContain('\r\x1b[J');
  // Taken away; another width; another line.
  editor.set('ab');
  expect(show()).toContain('$ ab');
  editor.edit({ key: 'backspace' });
  expect(show()).toBe('\r\x1b[J$ a\r\x1b[3C');
  editor.set('ab');
  expect(editor.render('$ ', 20)).toContain('$ ab');
  editor.begin();
  editor.set('abc');
  expect(show()).toContain('$ abc');
});

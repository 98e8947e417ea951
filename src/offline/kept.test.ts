import { expect, test } from 'vitest';
import { keptOf } from './kept.ts';

const files = [
  ...['index.html', '404.html', 'choose.js', 'favicon.svg', 'robots.txt', 'icons/192.png'],
  ...['en/index.html', 'en/first-message/index.html', 'en/search.json', 'zh-tw/index.html'],
  ...['en/part/meet/index.html', 'en/social/first-message.png', 'en/manifest.webmanifest'],
  ...['assets/a.B1.css', 'vendor/manifest.json'],
  ...['vendor/editor-0123456789/editor.js', 'vendor/editor-0123456789/editor.js.br'],
];
const bytes = (text: string) => new TextEncoder().encode(text);
const kept = (contents: Record<string, string> = {}) =>
  keptOf(files, (file) => bytes(contents[file] ?? ''));

test('pages by language, and what all of them need; no editor, no pictures for sharing', () => {
  expect(kept().assets).toEqual([
    '/assets/a.B1.css',
    '/choose.js',
    '/en/manifest.webmanifest',
    '/favicon.svg',
    '/icons/192.png',
    '/',
  ]);
  expect(kept().pages).toEqual({
    en: ['/en/first-message/', '/en/', '/en/search.json'],
    'zh-tw': ['/zh-tw/'],
  });
});

test('the exercises’ files are for those who ask, with what is too large to be for reading', () => {
  const editor = { 'vendor/editor-0123456789/editor.js': 'editor' };
  expect(kept(editor).live).toEqual([['/vendor/editor-0123456789/editor.js', 6]]);
  const { assets, live } = kept({ 'assets/a.B1.css': 'x'.repeat(100_001) });
  expect(assets).not.toContain('/assets/a.B1.css');
  expect(live).toContainEqual(['/assets/a.B1.css', 100_001]);
});

test('the version changes with what is kept, and with nothing else', () => {
  const { version } = kept();
  expect(kept()).toMatchObject({ version });
  expect(kept({ 'en/index.html': 'new' }).version).not.toBe(version);
  expect(kept({ 'vendor/manifest.json': 'new' }).version).toBe(version);
});

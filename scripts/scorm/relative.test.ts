import { expect, test } from 'vitest';
import { relativeModule, relativePage, relativeStyle, type Places } from './relative.ts';

const base = '/any/path/';
const places: Places = (path) =>
  ({
    'assets/a.js': 'assets/a.js',
    'assets/f.woff2': 'assets/f.woff2',
    'zh-tw/qos-2/': 'qos-2/index.html',
    'package/zh-tw/qos/': 'index.html',
  })[path];
const page = (html: string, site?: string) =>
  relativePage('qos-1/index.html', html, { base, places, site });

test.each([
  ['a script', '<script src="/any/path/assets/a.js">', '<script src="../assets/a.js">'],
  ['a lesson', '<a href="/any/path/zh-tw/qos-2/">x</a>', '<a href="../qos-2/index.html">x</a>'],
  [
    'a heading of it',
    '<a href="/any/path/zh-tw/qos-2/#why">',
    '<a href="../qos-2/index.html#why">',
  ],
  ['the outer page', '<a href="/any/path/package/zh-tw/qos/">', '<a href="../index.html">'],
  [
    'a page elsewhere in the course',
    '<a class="x" href="/any/path/zh-tw/wills/">',
    '<a class="x">',
  ],
  [
    'a word with its meaning',
    '<a href="/any/path/zh-tw/glossary/#qos" aria-describedby="c">',
    '<a tabindex="0" aria-describedby="c">',
  ],
  [
    'a word in a text of an exercise',
    String.raw`{"t":"\u003ca href=\"/any/path/zh-tw/glossary/#qos\" aria-describedby=\"c\">"}`,
    String.raw`{"t":"\u003ca tabindex=\"0\" aria-describedby=\"c\">"}`,
  ],
  [
    'a lesson in a text of an exercise',
    String.raw`{"t":"\u003ca href=\"/any/path/zh-tw/qos-2/#why\">"}`,
    String.raw`{"t":"\u003ca href=\"../qos-2/index.html#why\">"}`,
  ],
  [
    'another site in a text of an exercise',
    String.raw`{"t":"\u003ca href=\"https://mqtt.org/any/\">"}`,
    String.raw`{"t":"\u003ca href=\"https://mqtt.org/any/\" target=\"_blank\">"}`,
  ],
  [
    'another site, beside the platform',
    '<a href="https://mqtt.org/any/" rel="noreferrer">',
    '<a href="https://mqtt.org/any/" target="_blank" rel="noreferrer">',
  ],
  [
    'a style in the page',
    '<style>@font-face{src:url(/any/path/assets/f.woff2)}</style>',
    '<style>@font-face{src:url(../assets/f.woff2)}</style>',
  ],
])('%s', (_, html, expected) => {
  expect(page(html)).toBe(expected);
});

test('with a public course, links lead there', () => {
  const html = '<a href="/any/path/zh-tw/wills/#x">';
  const there = 'href="https://course.example/zh-tw/wills/#x" target="_blank" rel="noopener"';
  expect(page(html, 'https://course.example/')).toBe(`<a ${there}>`);
});

test('what a page loads must be in the package', () => {
  expect(() => page('<img src="/any/path/assets/b.png">')).toThrow('assets/b.png');
  expect(() => page('<x data-y="[/any/path/z]">')).toThrow('not relative');
});

test('a style sheet finds its fonts beside it', () => {
  const css = 'a{src:url("/any/path/assets/f.woff2")}';
  expect(relativeStyle('assets/s.css', css, base, places)).toBe('a{src:url("f.woff2")}');
});

test('a module puts its addresses together where it is', async () => {
  const code = [
    'export const one="/any/path/assets/a.js".length, base="/any/path/";',
    'const dep="x.js"; export const two=`/any/path/${dep}`, three="/any/pathology";',
  ].join('\n');
  expect(() => relativeModule('assets/deep/m.js', code, base)).toThrow('/any/pathology');
  const changed = relativeModule('assets/deep/m.js', code.replace('ology', '/'), base);
  // From a file, whose own address is what the module has.
  const at = 'https://lms.example/pluginfile.php/7/content/';
  const own = changed.replace('import.meta.url', JSON.stringify(`${at}assets/deep/m.js`));
  const found = (await import(`data:text/javascript,${encodeURIComponent(own)}`)) as object;
  expect({ ...found }).toEqual({
    one: `${at}assets/a.js`.length,
    base: at,
    two: `${at}x.js`,
    three: at,
  });
});

test('a module without addresses stays as it is', () => {
  expect(relativeModule('assets/m.js', 'export const a="../any/b";', base)).toBe(
    'export const a="../any/b";',
  );
});

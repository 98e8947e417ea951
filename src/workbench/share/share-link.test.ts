import { deflateRawSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { isSharedWith, longestPrograms, readShared, shareFragment } from './share-link.ts';

const exercise = 'first-message/publish';
const files = [
  { name: 'publisher.ts', text: "import mqtt from 'mqtt';\nconsole.log('你好 👋');\n" },
  { name: 'lamp.ts', text: '' },
];
const names = files.map(({ name }) => name);
const link = (data: string) => `#shared=${exercise}:${data}`;
const packed = (value: unknown) =>
  link(`z${deflateRawSync(JSON.stringify(value)).toString('base64url')}`);
afterEach(() => vi.unstubAllGlobals());

test('what is shared is read again, letter for letter', async () => {
  const fragment = await shareFragment(exercise, files);
  expect(fragment).toMatch(/^#shared=first-message\/publish:z[\w-]+$/);
  expect(await readShared(exercise, names, fragment!)).toEqual(files);
});

test('a browser that can not compress writes a longer link that all can read', async () => {
  vi.stubGlobal('CompressionStream', undefined);
  Reflect.deleteProperty(globalThis, 'CompressionStream');
  const fragment = await shareFragment(exercise, files);
  expect(fragment).toContain(':p');
  expect(await readShared(exercise, names, fragment!)).toEqual(files);
});

test('only the files of this exercise are taken', async () => {
  const mixed = packed([
    ['publisher.ts', 'a'],
    ['__proto__', 'b'],
    ['other.ts', 'c'],
    7,
    ['lamp.ts', {}],
  ]);
  expect(await readShared(exercise, names, mixed)).toEqual([{ name: 'publisher.ts', text: 'a' }]);
});

test.each([
  [
    'another exercise',
    `#shared=first-message/other:${packed([['publisher.ts', 'a']]).split(':')[1]}`,
  ],
  ['nothing', ''],
  ['an anchor', '#checks'],
  ['no data', link('')],
  ['no base64', link('z%%%')],
  ['no deflate', link('zAAAA')],
  ['no JSON', link(`p${Buffer.from('{').toString('base64url')}`)],
  ['no UTF-8', link(`p${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}`)],
  ['no files', packed([])],
  ['another shape', packed({ 'publisher.ts': 'a' })],
  ['a bomb', packed([['publisher.ts', 'x'.repeat(20 * longestPrograms)]])],
  ['a link that is too long', link(`p${'A'.repeat(40_000)}`)],
])('%s is no program', async (_, fragment) => {
  expect(await readShared(exercise, names, fragment)).toBeUndefined();
});

test('programs too long for a link make none', async () => {
  const noise = Array.from({ length: 60_000 }, () => String.fromCharCode(33 + Math.random() * 90));
  expect(await shareFragment(exercise, [{ name: 'a.ts', text: noise.join('') }])).toBeUndefined();
});

test('the page knows before it loads anything', () => {
  expect(isSharedWith(exercise, '#shared=first-message/publish:zAA')).toBe(true);
  expect(isSharedWith('first-message/pub', '#shared=first-message/publish:zAA')).toBe(false);
});

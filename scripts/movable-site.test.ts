import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { movableBase, moveToRoot } from './movable-site.ts';

let dist: string;
beforeEach(() => void (dist = mkdtempSync(join(tmpdir(), 'retained-movable-'))));
afterEach(() => rmSync(dist, { recursive: true }));
const put = (name: string, text: string): void => {
  mkdirSync(join(dist, name, '..'), { recursive: true });
  writeFileSync(join(dist, name), text);
};
const read = (name: string): string => readFileSync(join(dist, name), 'utf8');

test('what was built for one path is for the root, and says where the path stood', () => {
  put('en/index.html', `<a href="${movableBase}zh-tw/">`);
  put('plain.html', 'nothing');
  put('vendor/x-0123/a.js', `"${movableBase}"`);
  put('picture.png', movableBase);
  put('.teacher/en/answers/index.html', `<a href="${movableBase}en/">`);
  moveToRoot(dist);
  expect(read('en/index.html')).toBe('<a href="/zh-tw/">');
  expect(JSON.parse(read('.base.json'))).toEqual({ 'en/index.html': [9] });
  expect(read('.teacher/en/answers/index.html')).toBe('<a href="/en/">');
  expect(JSON.parse(read('.teacher/.base.json'))).toEqual({ 'en/answers/index.html': [9] });
  expect([read('vendor/x-0123/a.js'), read('picture.png')]).toEqual([`"${movableBase}"`, movableBase]); // prettier-ignore
});

test('a file with the path in another form is named', () => {
  put('assets/x.js', JSON.stringify(movableBase.slice(0, -1)));
  expect(() => moveToRoot(dist)).toThrow(/assets.x\.js: an address that can't be moved/);
});

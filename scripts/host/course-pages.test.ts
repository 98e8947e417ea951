import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { coursePages } from './course-pages.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'retained-pages-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('what is handed on has no vendor part of an earlier build, and no copies for gzip', () => {
  const manifest = JSON.stringify({ editor: 'editor-2/editor.js', editorStyle: 'editor-2/editor.css' }); // prettier-ignore
  for (const path of [
    'index.html',
    'index.html.br',
    'index.html.gz',
    'vendor/manifest.json',
    'vendor/editor-1/editor.js',
    'vendor/editor-2/editor.js',
    'vendor/room-1/room.js',
  ]) {
    // prettier-ignore
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('manifest.json') ? manifest : path);
  }
  expect(coursePages(folder).map(({ path }) => path)).toEqual([
    'index.html',
    'index.html.br',
    'vendor/editor-2/editor.js',
    'vendor/manifest.json',
  ]);
});

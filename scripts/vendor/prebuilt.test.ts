import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prebuiltFolder } from './parts.mjs';
import { keepPrebuilt, unpackPrebuilt } from './prebuilt.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'retained-prebuilt-'))));
afterEach(() => rmSync(root, { recursive: true }));

test('what is kept is unpacked as it was built, and replaces what was kept before', async () => {
  const built = join(root, 'public', 'editor-0123456789');
  mkdirSync(built, { recursive: true });
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(built, name), bytes);
  put('editor.js', 'code();');
  put('editor.js.br', brotliCompressSync('code();'));
  put('editor.js.gz', 'for others');
  put('codicon.ttf', 'letters');
  mkdirSync(join(root, prebuiltFolder, 'editor-of-before'), { recursive: true });
  await keepPrebuilt(root, [built]);
  expect(readdirSync(join(root, prebuiltFolder))).toEqual(['editor-0123456789']);
  const kept = readdirSync(join(root, prebuiltFolder, 'editor-0123456789'));
  expect(kept.sort()).toEqual(['codicon.ttf', 'editor.js.br']);

  const out = join(root, 'out');
  expect(await unpackPrebuilt(root, 'editor-0123456789', out)).toBe(true);
  expect(readdirSync(out).sort()).toEqual(['codicon.ttf', 'editor.js', 'editor.js.br']);
  for (const name of readdirSync(out))
    expect(readFileSync(join(out, name)).equals(readFileSync(join(built, name)))).toBe(true);
  // Already there: the result is the same.
  expect(await unpackPrebuilt(root, 'editor-0123456789', out)).toBe(true);
  expect(readdirSync(root).sort()).toEqual(['out', 'public', 'scripts']);
});

test('what the repository does not have is to be built', async () => {
  expect(await unpackPrebuilt(root, 'editor-ffffffffff', join(root, 'out'))).toBe(false);
  expect(existsSync(join(root, 'out'))).toBe(false);
});

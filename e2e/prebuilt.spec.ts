/** What the repository brings of the editor, beside what the build has made of its sources. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { root } from '../scripts/build.ts';
import { prebuiltFolder } from '../scripts/vendor/parts.mjs';

const site = process.env['RETAINED_E2E_SITE'] ?? join(root, 'dist');
const kept = join(root, prebuiltFolder);

for (const name of readdirSync(kept))
  test(`${name.replace(/-.*/, '')} is what its sources make`, () => {
    const built = join(site, 'vendor', name);
    test.skip(!existsSync(built), 'its sources have changed since: `npm start` builds it');
    const names = readdirSync(join(kept, name));
    const plain = names.filter((file) => !names.includes(`${file}.br`));
    expect(plain.map((file) => file.replace(/\.br$/, '')).sort()).toEqual(readdirSync(built).filter((file) => !/\.(?:br|gz)$/.test(file)).sort()); // prettier-ignore
    for (const file of plain) {
      const bytes = readFileSync(join(kept, name, file));
      const text = file.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
      expect(text.equals(readFileSync(join(built, file.replace(/\.br$/, '')))), file).toBe(true);
    }
  });

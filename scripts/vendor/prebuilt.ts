/**
 * Built parts that the repository brings, so that `npm start` of a fresh clone need not build the editor. A part is
 * used only if its name is that of its sources and packages; any other is built. `node scripts/build-vendor.ts
 * --keep` writes them, and a release does.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { prebuiltFolder } from './parts.mjs';

/** @returns whether the repository has it; then `out` is as if it was built, without copies for gzip */
export async function unpackPrebuilt(root: string, name: string, out: string): Promise<boolean> {
  const kept = path.join(root, prebuiltFolder, name);
  if (!existsSync(kept)) return false;
  const aside = `${out}.part-${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  await cp(kept, aside, { recursive: true });
  for (const file of await readdir(aside)) {
    if (!file.endsWith('.br')) continue;
    const bytes = await promisify(brotliDecompress)(await readFile(path.join(aside, file)));
    await writeFile(path.join(aside, file.slice(0, -'.br'.length)), bytes);
  }
  await rename(aside, out).catch(async (error: unknown) => {
    // Another build was faster; its result is the same.
    if (!existsSync(out)) throw error;
    await rm(aside, { recursive: true, force: true });
  });
  return true;
}

/** Replaces what the repository brings by the built folders of these parts. */
export async function keepPrebuilt(root: string, folders: readonly string[]): Promise<void> {
  const kept = path.join(root, prebuiltFolder);
  await rm(kept, { recursive: true, force: true });
  for (const folder of folders) {
    const to = path.join(kept, path.basename(folder));
    await mkdir(to, { recursive: true });
    const files = await readdir(folder);
    for (const file of files.filter((one) => !one.endsWith('.gz') && !files.includes(`${one}.br`)))
      await cp(path.join(folder, file), path.join(to, file));
  }
}

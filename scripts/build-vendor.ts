/**
 * Builds what the workbench loads by URL and what never changes between releases: Monaco, the
 * TypeScript worker, and the device's runtime. Each part is built again only when its inputs have
 * changed. `node scripts/build-vendor.ts [--quick | --keep]` → public/vendor/<part>-<hash>/… and manifest.json.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compress } from './vendor/compress.ts';
import { buildDevice } from './vendor/device.ts';
import { buildEditor, buildTypeScriptWorker } from './vendor/editor.ts';
import { folderOf, prebuiltParts } from './vendor/parts.mjs';
import { keepPrebuilt, unpackPrebuilt } from './vendor/prebuilt.ts';
import { buildRoomWorker } from './vendor/room-worker.ts';

/** Qualities of brotli. */
const [QUICK, BEST] = [9, 11];

interface Part {
  /** One of `vendor/parts.mjs`, which has its inputs. */
  name: string;
  build(root: string, out: string): Promise<void>;
  /** Logical names → files in its folder. */
  files: Record<string, string>;
}

const PARTS: Part[] = [
  {
    name: 'device',
    build: buildDevice,
    files: { runtime: 'runtime.js', frame: 'frame.html' },
  },
  { name: 'room', build: buildRoomWorker, files: { roomWorker: 'room.js' } },
  {
    name: 'typescript',
    build: buildTypeScriptWorker,
    files: { typescriptWorker: 'worker.js' },
  },
  {
    name: 'editor',
    build: buildEditor,
    files: {
      editor: 'editor.js',
      editorZhTw: 'editor-zh-tw.js',
      editorStyle: 'editor.css',
      editorWorker: 'editor-worker.js',
    },
  },
];

interface VendorOptions {
  /**
   * Compressed a little less, in a tenth of the time; what is there in the best form is taken, and what the
   * repository brings (`vendor/prebuilt.ts`).
   */
  isQuick?: boolean;
  /** The repository is to bring what is built. */
  keeps?: boolean;
  log?: (line: string) => void;
}

export async function buildVendor(
  root: string,
  { isQuick = false, keeps = false, log = console.log }: VendorOptions = {},
): Promise<void> {
  const vendor = path.join(root, 'public/vendor');
  await mkdir(vendor, { recursive: true });
  const manifest: Record<string, string> = {};
  const kept = new Set<string>(['manifest.json']);
  for (const part of PARTS) {
    const best = folderOf(root, part.name);
    const inBest = path.join(vendor, best);
    const isThere = existsSync(inBest) || (isQuick && (await unpackPrebuilt(root, best, inBest)));
    const quality = isQuick && !isThere ? QUICK : BEST;
    const folder = quality === BEST ? best : `${best}-${quality}`;
    kept.add(folder);
    const out = path.join(vendor, folder);
    if (!existsSync(out)) await buildPart(root, part, { out, quality, log });
    for (const [name, file] of Object.entries(part.files)) manifest[name] = `${folder}/${file}`;
  }
  const toKeep = [...kept].filter((name) =>
    prebuiltParts.some((part) => name.startsWith(`${part}-`)),
  );
  if (keeps)
    await keepPrebuilt(
      root,
      toKeep.map((name) => path.join(vendor, name)),
    );
  await writeFile(path.join(vendor, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of await readdir(vendor)) {
    const old = path.join(vendor, name);
    if (!kept.has(name) && (await isOld(old))) await rm(old, { recursive: true, force: true });
  }
}

/** Open pages still load older files, and another build may be running. */
async function isOld(folder: string): Promise<boolean> {
  const about = await stat(folder).catch(() => null);
  return about !== null && Date.now() - about.mtimeMs > 3_600_000;
}

/** Built aside and renamed: a build that was interrupted leaves nothing that looks finished. */
async function buildPart(
  root: string,
  part: Part,
  { out, quality, log }: { out: string; quality: number; log: (line: string) => void },
): Promise<void> {
  const start = performance.now();
  log(`vendor: building ${part.name} …`);
  const aside = `${out}.part-${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  await part.build(root, aside);
  log(`vendor: compressing ${part.name} …`);
  const bytes = await compress(aside, quality);
  await rename(aside, out).catch(async (error: unknown) => {
    // Another build was faster; its result is the same.
    if (!existsSync(out)) throw error;
    await rm(aside, { recursive: true, force: true });
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  log(`vendor: ${part.name} done in ${seconds} s, ${Math.round(bytes.brotli / 1024)} KB brotli`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildVendor(path.resolve(import.meta.dirname, '..'), {
    isQuick: process.argv.includes('--quick'),
    keeps: process.argv.includes('--keep'),
  });
}

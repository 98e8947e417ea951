/**
 * Builds what the workbench loads by URL and what never changes between releases: Monaco, the
 * TypeScript worker, and the device's runtime. Each part is built again only when its inputs have
 * changed. `node scripts/build-vendor.ts [--quick | --keep]` → public/vendor/<part>-<hash>/… and manifest.json.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compress } from './vendor/compress.ts';
import { buildDevice } from './vendor/device.ts';
import { buildEditor, buildTypeScriptWorker } from './vendor/editor.ts';
import { keepPrebuilt, prebuiltParts, unpackPrebuilt } from './vendor/prebuilt.ts';
import { buildRoomWorker } from './vendor/room-worker.ts';

/** Qualities of brotli. */
const [QUICK, BEST] = [9, 11];

interface Part {
  name: string;
  /** Files and folders whose content decides whether it is built again. */
  inputs: string[];
  packages: string[];
  build(root: string, out: string): Promise<void>;
  /** Logical names → files in its folder. */
  files: Record<string, string>;
}

const PARTS: Part[] = [
  {
    name: 'device',
    inputs: [
      'src/workbench/device',
      'src/i18n/en/editor.json',
      'src/i18n/zh-tw/editor.json',
      'scripts/vendor/device.ts',
      'scripts/vendor/without-node.ts',
      'scripts/vendor/lru-cache.ts',
    ],
    packages: ['mqtt', 'mqtt-packet', 'buffer', 'readable-stream', 'vite'],
    build: buildDevice,
    files: { runtime: 'runtime.js', frame: 'frame.html' },
  },
  {
    name: 'room',
    inputs: [
      'sandbox',
      'lessons',
      'src/workbench/room-worker',
      'scripts/vendor/room-worker.ts',
      'scripts/vendor/room.ts',
      'scripts/vendor/without-node.ts',
      'scripts/vendor/lru-cache.ts',
    ],
    packages: ['aedes', 'mqtt', 'mqtt-packet', 'buffer', 'readable-stream', 'valibot', 'vite'],
    build: buildRoomWorker,
    files: { roomWorker: 'room.js' },
  },
  {
    name: 'typescript',
    inputs: ['src/workbench/compile', 'scripts/vendor/editor.ts'],
    packages: ['monaco-editor', 'typescript', 'mqtt', 'mqtt-packet', 'vite'],
    build: buildTypeScriptWorker,
    files: { typescriptWorker: 'worker.js' },
  },
  {
    name: 'editor',
    inputs: [
      'src/workbench/editor/monaco',
      'src/workbench/editor/metrics.ts',
      'sandbox/mosquitto/conf/options.ts',
      'src/workbench/editor/sentences.ts',
      'src/workbench/device/runtime/words.ts',
      'src/i18n/en/editor.json',
      'src/i18n/zh-tw/editor.json',
      'scripts/vendor/editor.ts',
      'scripts/vendor/typings.ts',
    ],
    packages: ['monaco-editor', 'mqtt', 'mqtt-packet', 'vite'],
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
    const best = `${part.name}-${await hashOf(root, part)}`;
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

async function hashOf(root: string, part: Part): Promise<string> {
  const hash = createHash('sha256');
  for (const input of part.inputs) {
    for (const file of await filesIn(path.join(root, input))) {
      hash
        .update(path.relative(root, file).split(path.sep).join('/'))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  for (const name of part.packages) {
    const text = await readFile(path.join(root, 'node_modules', name, 'package.json'), 'utf8');
    hash.update(`${name}@${(JSON.parse(text) as { version: string }).version}\0`);
  }
  return hash.digest('hex').slice(0, 10);
}

async function filesIn(where: string): Promise<string[]> {
  if (!existsSync(where)) return [];
  const entries = await readdir(where, { withFileTypes: true, recursive: true }).catch(() => null);
  if (!entries) return [where];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.ts$|\.mdx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildVendor(path.resolve(import.meta.dirname, '..'), {
    isQuick: process.argv.includes('--quick'),
    keeps: process.argv.includes('--keep'),
  });
}

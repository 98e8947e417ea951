// What each vendor part is made of, and the name of what that makes. Plain JavaScript without dependencies: set-up
// asks, before anything is installed, whether the repository brings a part (`prebuilt.ts`).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const prebuiltFolder = 'scripts/vendor/prebuilt';
/** Those that take long, and seldom change. */
export const prebuiltParts = ['editor', 'typescript'];

/**
 * `inputs`: files and folders whose content decides whether it is built again; `packages`: those whose version does.
 * @type {Record<string, { inputs: string[], packages: string[] }>}
 */
export const parts = {
  device: {
    inputs: [
      'src/workbench/device',
      'src/i18n/en/editor.json',
      'src/i18n/zh-tw/editor.json',
      'scripts/vendor/device.ts',
      'scripts/vendor/without-node.ts',
      'scripts/vendor/lru-cache.ts',
    ],
    packages: ['mqtt', 'mqtt-packet', 'buffer', 'readable-stream', 'vite'],
  },
  room: {
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
  },
  typescript: {
    inputs: ['src/workbench/compile', 'scripts/vendor/editor.ts'],
    packages: ['monaco-editor', 'typescript', 'mqtt', 'mqtt-packet', 'vite'],
  },
  editor: {
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
  },
};

/**
 * The name of its folder: a hash of the inputs, and of the packages' versions in the lock file.
 * @param {string} root the repository
 * @param {string} name one of `parts`
 */
export function folderOf(root, name) {
  const { inputs, packages } = parts[name];
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesIn(join(root, input)).sort()) {
      hash.update(relative(root, file).split(sep).join('/')).update('\0');
      hash.update(readFileSync(file)).update('\0');
    }
  }
  for (const one of packages) hash.update(`${one}@${lock[`node_modules/${one}`].version}\0`);
  return `${name}-${hash.digest('hex').slice(0, 10)}`;
}

/**
 * @param {string} where
 * @returns {string[]}
 */
function filesIn(where) {
  const found = statSync(where, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [where];
  return readdirSync(where, { withFileTypes: true }).flatMap((entry) => {
    const path = join(where, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() && !/\.test\.ts$|\.mdx?$/.test(entry.name) ? [path] : [];
  });
}

/**
 * Whether the editor and TypeScript's worker need not be built: what only their build uses need not be installed.
 * @param {string} root
 */
export const hasEditor = (root) =>
  prebuiltParts.every((name) => {
    const folder = folderOf(root, name);
    return [prebuiltFolder, 'public/vendor'].some((place) => existsSync(join(root, place, folder)));
  });

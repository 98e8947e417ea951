/**
 * Builds what is stale: the vendor files (editor, device runtime), then the pages. `node scripts/build.ts
 * [--quick]`; quick: as `BuildOptions` says.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressSite } from './compress-site.ts';
import { movableBase, moveToRoot } from './movable-site.ts';
import { runQuietly } from './progress.mjs';
import { buildIfStale, type Built } from './stale.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
const SHARED = ['package-lock.json', 'tsconfig.json'];

const vendor: Built = {
  root,
  inputs: [
    ...SHARED,
    ...['scripts/build-vendor.ts', 'scripts/vendor', 'src/workbench', 'src/i18n'],
    // The room in a page holds the sandbox and the lessons' exercises.
    ...['sandbox', 'lessons'],
  ],
  environment: ['RETAINED_QUICK'],
  output: 'public/vendor/manifest.json',
  stamp: '.retained/built/vendor',
};
export const site: Built = {
  root,
  inputs: [
    ...SHARED,
    ...[
      'astro.config.mjs',
      'scripts/compress-site.ts',
      'scripts/movable-site.ts',
      'scripts/page-chunks.ts',
      'src',
      'lessons',
      'sandbox',
      'public',
    ],
    'public/vendor/manifest.json',
  ],
  // Megabytes that the manifest stands for: its names are hashes.
  without: ['public/vendor'],
  environment: ['SITE', 'REPOSITORY', 'BASE', 'STATIC', 'PACKAGES'].map(
    (name) => `RETAINED_${name}`,
  ),
  output: 'dist/index.html',
  stamp: '.retained/built/site',
};

async function node(
  title: string,
  args: string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { code, output } = await runQuietly(title, process.execPath, args, {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...variables },
  });
  if (code !== 0) throw new Error(`${title} failed.\n\n${output.trim()}`);
}

interface BuildOptions {
  /**
   * For somebody who waits for the first page: the editor's files are compressed a little less. Later
   * builds without it compress them anew.
   */
  isQuick?: boolean;
}

export async function buildVendor({ isQuick = false }: BuildOptions = {}): Promise<void> {
  const built = { ...vendor, variables: { RETAINED_QUICK: isQuick ? '1' : '' } };
  const args = isQuick ? ['--quick'] : [];
  await buildIfStale(built, () =>
    node('Building the editor', ['scripts/build-vendor.ts', ...args]),
  );
}

/** @throws Error with the build's own output */
export async function build(options: BuildOptions = {}): Promise<void> {
  await buildVendor(options);
  const variables = { RETAINED_BASE: movableBase, RETAINED_STATIC: '', RETAINED_PACKAGES: '' };
  await buildIfStale({ ...site, variables }, async () => {
    const astro = join('node_modules', 'astro', 'bin', 'astro.mjs');
    await node('Building the pages', [astro, 'build'], variables);
    moveToRoot(join(root, 'dist'));
    await compressSite(join(root, 'dist'));
  });
}

if (import.meta.main) {
  try {
    await build({ isQuick: process.argv.includes('--quick') });
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** `npm run build:package`: the npm package `retained`, as a folder and as the file that npm publishes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './build.ts';
import { serverBundle } from './host/server-bundle.ts';
import { writePackage } from './package/package-tree.ts';

/** Packs a folder as npm does. @returns the path of the file */
export function npmPack(folder: string, out: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out];
  const said = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' }); // prettier-ignore
  const [packed] = JSON.parse(said) as { filename: string }[];
  return join(out, packed!.filename);
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { out: folder = 'dist-package' } = parseArgs({ options: { out: text } }).values;
  const out = resolve(root, folder);
  await build();
  mkdirSync(out, { recursive: true });
  writePackage(join(out, 'package'), {
    ...{ root, server: await serverBundle(root), pages: join(root, 'dist') },
    repository: process.env['RETAINED_REPOSITORY'],
  });
  const file = npmPack(join(out, 'package'), out);
  console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** `npm run build:deb`: packages of Debian for amd64 and arm64, with Node in them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './build.ts';
import { nodeVersion, platformsOf } from './build-folder.ts';
import { nodeProgram } from './folder/node-program.ts';
import { serverBundle } from './host/server-bundle.ts';
import { debArchitectures, writeDeb, type DebArchitecture } from './package/deb.ts';
import { writePackage } from './package/package-tree.ts';

export const maintainer = 'The Retained contributors <retained@localhost>';

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { out: folder = 'dist-package', architecture } = parseArgs({ options: { out: text, architecture: text } }).values; // prettier-ignore
  const wanted = (architecture ? architecture.split(',') : Object.keys(debArchitectures)) as DebArchitecture[]; // prettier-ignore
  const out = resolve(root, folder);
  await build();
  mkdirSync(out, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'retained-deb-'));
  try {
    const tree = join(work, 'package');
    writePackage(tree, { root, server: await serverBundle(root), pages: join(root, 'dist') });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }; // prettier-ignore
    const time = Number(process.env['SOURCE_DATE_EPOCH'] ?? Math.floor(Date.now() / 1000));
    for (const one of wanted) {
      const platform = debArchitectures[one];
      if (!platform) throw new Error(`"${String(one)}" is no architecture; there are ${Object.keys(debArchitectures).join(', ')}.`); // prettier-ignore
      const source = {
        version: nodeVersion(),
        cache: join(root, '.retained', 'node'),
        mirror: 'https://nodejs.org/dist',
        modules: join(root, 'node_modules'),
      };
      const node = await nodeProgram(source, platformsOf(platform)[0]!);
      const file = join(out, `retained_${version}_${one}.deb`);
      writeDeb(file, join(work, one), { root, tree, node, architecture: one, version, maintainer, time }); // prettier-ignore
      console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

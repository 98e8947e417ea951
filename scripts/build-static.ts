/**
 * `npm run build:static -- --base /any/path/ --out folder`: the course for a host of plain files. Every
 * room lives in its page. The folder is replaced.
 */
import { rmSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync, type Zippable } from 'fflate';
import { buildVendor, root, site } from './build.ts';
import { OptionError, sitePath } from './option-values.ts';
import { runQuietly } from './progress.mjs';
import { buildIfStale } from './stale.ts';

const usage = `npm run build:static -- [options]

  --base <path>   the course lives below this path of its host: /learn/ (/)
  --out <folder>  where the files go; what is there is replaced (dist-static)
  --zip <file>    the folder as a zip, too: the same bytes for the same sources
  --help          this text`;

function readFlags() {
  const text = { type: 'string' } as const;
  try {
    const help = { type: 'boolean', short: 'h' } as const;
    return parseArgs({ options: { base: text, out: text, zip: text, help } }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** Copies for servers that choose by `Accept-Encoding`; hosts of plain files compress by themselves. */
function dropCompressed(out: string): void {
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }))
    if (/\.(?:br|gz)$/.test(name)) rmSync(join(out, name));
}

/**
 * Builds if the folder is not what the sources and `base` say.
 * @param packages with the pages that `npm run build:scorm` puts into zips
 * @throws Error with the build's own output
 */
export async function buildStatic(base: string, out: string, packages = false): Promise<void> {
  await buildVendor();
  const variables = {
    RETAINED_BASE: base,
    RETAINED_STATIC: '1',
    RETAINED_PACKAGES: packages ? '1' : '',
  };
  const at = (file: string) => relative(root, join(out, file));
  const built = { ...site, variables, output: at('index.html'), stamp: at('.built') };
  await buildIfStale(built, () => pages(out, variables));
}

async function pages(out: string, variables: Record<string, string>): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const astro = [join('node_modules', 'astro', 'bin', 'astro.mjs'), 'build', '--outDir', out];
  const { code, output } = await runQuietly('Building the pages', process.execPath, astro, {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...variables },
  });
  if (code !== 0) throw new Error(`The pages could not be built.\n\n${output.trim()}`);
  dropCompressed(out);
  // GitHub Pages would leave out what begins with an underscore.
  writeFileSync(join(out, '.nojekyll'), '');
}

/** What a host serves: not the stamp of the build. */
function zipOf(out: string): Uint8Array {
  const files: Zippable = {};
  const entries = readdirSync(out, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== '.built')
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort())
    files[relative(out, path).split(sep).join('/')] = readFileSync(path);
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}

if (import.meta.main) {
  try {
    const flags = readFlags();
    if (flags.help) console.log(usage);
    else {
      const base = sitePath(flags.base ? { from: '--base', value: flags.base } : undefined) ?? '/';
      const out = resolve(flags.out ?? join(root, 'dist-static'));
      await buildStatic(base, out);
      console.log(`${out}: to be served at ${base}`);
      if (flags.zip) {
        const zip = zipOf(out);
        writeFileSync(flags.zip, zip);
        console.log(`${resolve(flags.zip)}: ${(zip.length / 1e6).toFixed(1)} MB`);
      }
    }
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** The thread in which devices' programs run, bundled: it starts in less than half of the time. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from '../../stale.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const output = join('.retained', 'lessons', 'node-thread.mjs');

let bundled: Promise<URL> | undefined;

/** Builds it if its inputs have changed. Checks once. */
export const bundledThread = (): Promise<URL> => (bundled ??= bundle());

async function bundle(): Promise<URL> {
  const built = {
    root,
    inputs: ['src/workbench/device', 'src/workbench/compile', 'src/i18n', 'package-lock.json'],
    output,
    stamp: `${output}.stamp`,
  };
  await buildIfStale(built, async () => {
    const { build } = await import('vite');
    const home = join(root, dirname(output));
    mkdirSync(home, { recursive: true });
    // Two processes may do so at the same time.
    const folder = mkdtempSync(join(home, 'thread-'));
    await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: 'src/workbench/device/node-thread.ts',
        outDir: folder,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'thread.mjs', codeSplitting: false } },
      },
    });
    renameSync(join(folder, 'thread.mjs'), join(root, output));
    rmSync(folder, { recursive: true });
  });
  return pathToFileURL(join(root, output));
}

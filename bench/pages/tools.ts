/**
 * The tools of this benchmark only, installed into a separate folder: a stock Starlight to stand
 * beside, and Lighthouse. Nothing of it is a dependency of the course.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/build.ts';
import { runQuietly } from '../../scripts/progress.mjs';

export const folder = join(root, '.retained', 'bench', 'pages');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
/** The same Astro for both sites. */
const dependencies = {
  '@astrojs/starlight': '0.42.4',
  astro: own.dependencies['astro'],
  lighthouse: '13.5.0',
};

/** Installs them if they are missing. The network is needed once. */
export async function tools(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies }, null, 2);
  const path = join(folder, 'package.json');
  const same = existsSync(path) && readFileSync(path, 'utf8') === manifest;
  if (same && existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
  writeFileSync(path, manifest);
  await command('Installing Starlight and Lighthouse for the bench', folder, 'npm', [
    ...['install', '--no-audit', '--no-fund', '--ignore-scripts'],
  ]);
}

/** @throws Error with the command's own output */
export async function command(
  title: string,
  cwd: string,
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<void> {
  const { code, output } = await runQuietly(title, program, args, {
    cwd,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
  });
  if (code !== 0) throw new Error(`${title} failed.\n\n${output.trim()}`);
}

export const astroBuild = (title: string, cwd: string, modules: string): Promise<void> =>
  command(title, cwd, process.execPath, [
    join(modules, 'node_modules', 'astro', 'bin', 'astro.mjs'),
    'build',
  ]);

/** Writes `/sw.js` when the pages are built: the service worker with the list of what it keeps. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';
import { keptOf } from './kept.ts';

export function readingOffline(): AstroIntegration {
  let base = '/';
  return {
    name: 'retained:offline',
    hooks: {
      'astro:config:done': ({ config }) => void (base = config.base.replace(/\/?$/, '/')),
      'astro:build:done': async ({ dir }) => {
        const site = fileURLToPath(dir);
        const names = readdirSync(site, { recursive: true, encoding: 'utf8' });
        const files = names.map((name) => name.split(sep).join('/'));
        const kept = keptOf(files, (file) => readFileSync(join(site, file)), base);
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          build: {
            // The definition only, not each use of the name.
            rolldownOptions: { output: { banner: `const KEPT = ${JSON.stringify(kept)};` } },
            outDir: site,
            emptyOutDir: false,
            copyPublicDir: false,
            lib: {
              entry: fileURLToPath(new URL('worker.ts', import.meta.url)),
              formats: ['iife'],
              name: 'retained',
              fileName: () => 'sw.js',
            },
          },
        });
      },
    },
  };
}

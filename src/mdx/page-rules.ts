/** Fails the build if a finished page breaks a rule of html-rules.ts. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { problemsOf } from './html-rules.ts';

/** Every problem of every `.html` below a folder, as `<page>: <problem>`. */
async function problemsIn(folder: string): Promise<string[]> {
  const problems: string[] = [];
  const early = await readFile(
    new URL('../components/layout/head-script.js', import.meta.url),
    'utf8',
  );
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // The vendor's pages are another part's.
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    const file = join(entry.parentPath, entry.name);
    const page = relative(folder, file);
    if (page.startsWith('vendor')) continue;
    for (const problem of problemsOf(await readFile(file, 'utf8'), [early]))
      problems.push(`${page}: ${problem}`);
  }
  return problems;
}

export function pageRules(): AstroIntegration {
  return {
    name: 'retained-page-rules',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const problems = await problemsIn(fileURLToPath(dir));
        if (problems.length > 0)
          throw new Error(`Pages that break a rule:\n${problems.join('\n')}`);
      },
    },
  };
}

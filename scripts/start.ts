/** `npm start`: builds what is stale, then serves the course and its broker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, fail } from './host/command.ts';
import { isSupervised } from './host/supervise.ts';
import { stopWithNpm } from './parents.ts';
import type { HostOptions } from './options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

async function open(options: HostOptions): Promise<void> {
  if (options.site === undefined) {
    // The pages are built for the path that they are served at.
    if (options.base !== undefined) process.env['RETAINED_BASE'] = options.base;
    else delete process.env['RETAINED_BASE'];
    const { build } = await import('./build.ts');
    await build({ isQuick: true });
  }
  const { serve } = await import('./serve.ts');
  const { runCourse } = await import('./run-course.ts');
  runCourse(await serve(options), options);
}

// The process that serves ends with the one above it (`host/supervise.ts`).
if (!isSupervised(process.env)) stopWithNpm(() => process.kill(process.pid, 'SIGTERM'));
try {
  const data = join(root, '.retained', 'data');
  const host = { program: 'npm start --', version, data, open, script: process.argv[1]! };
  const code = await command(process.argv.slice(2), process.env, host);
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  fail(error);
}

/** `npm start` (`start.mjs`): builds what is stale, then serves the course and its broker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, fail } from './host/command.ts';
import { isSupervised } from './host/supervise.mjs';
import { stopWithNpm } from './parents.mjs';
import { endWithUs } from './progress.mjs';
import type { HostOptions } from './options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

/** In a process of its own: what a build took of memory, the course would keep as long as it is open. */
async function build(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'build.ts'), '--quick'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  endWithUs(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  // It has said why.
  if (code !== 0) process.exit(code ?? 1);
}

async function open(options: HostOptions): Promise<void> {
  if (options.site === undefined) await build();
  const { serve } = await import('./serve.ts');
  const { runCourse } = await import('./run-course.ts');
  runCourse(await serve(options), options);
}

// The process that serves ends with the one above it (`host/supervise.mjs`).
if (!isSupervised(process.env)) stopWithNpm(() => process.kill(process.pid, 'SIGTERM'));
try {
  const data = join(root, '.retained', 'data');
  const host = { program: 'npm start --', version, data, open };
  const code = await command(process.argv.slice(2), process.env, host);
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  fail(error);
}

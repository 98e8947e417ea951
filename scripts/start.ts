/** `npm start`: builds what is stale, then serves the course and its broker. */
import { stopWithNpm } from './parents.ts';
import { OptionError, readOptions, usage, type HostOptions } from './options.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') return console.log(usage);
  if (options.site === undefined) {
    // The pages are built for the path that they are served at.
    if (options.base !== undefined) process.env['RETAINED_BASE'] = options.base;
    else delete process.env['RETAINED_BASE'];
    const { build } = await import('./build.ts');
    await build();
  }
  await open(options);
}

async function open(options: HostOptions): Promise<void> {
  const { serve } = await import('./serve.ts');
  const { runCourse } = await import('./run-course.ts');
  stopWithNpm(runCourse(await serve(options), options));
}

try {
  await main();
} catch (error) {
  // For a host: the message, without a stack.
  console.error(error instanceof OptionError ? error.message : `\n${(error as Error).message}`);
  process.exitCode = 1;
}

/** `npm start`: builds what is stale, then serves the course and its broker. */
import { OptionError, readOptions, usage } from './options.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') return console.log(usage);
  const { build } = await import('./build.ts');
  await build();
  const { start } = await import('../sandbox/main.ts');
  await start(options);
}

try {
  await main();
} catch (error) {
  // Words for a host, not a stack: what went wrong is in the message.
  console.error(error instanceof OptionError ? error.message : `\n${(error as Error).message}`);
  process.exitCode = 1;
}

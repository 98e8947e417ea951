/** `npm start`: builds what is stale, then serves the course and its broker. */
import { stopWithNpm } from './parents.ts';
import { OptionError, readOptions, usage, type HostOptions } from './options.ts';

/** Time for a polite end; nothing may keep a host waiting longer. */
const STOP_MS = 1500;

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
  const { defaults } = await import('../sandbox/shared/config.ts');
  const { welcome } = await import('./addresses.ts');
  const running = await serve(options);
  // A class would lose all its rooms because of one bug: the error is logged, and the course goes
  // on.
  process.on('uncaughtException', (error) => console.error(error));
  const stop = () => {
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void running.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  stopWithNpm(stop);
  console.log(
    welcome({
      host: options.host ?? defaults.host,
      port: running.port,
      mqttPort: running.mqttPort,
      tlsPort: running.tlsPort,
      secure: running.secure,
      base: options.base ?? '/',
      moved: running.moved,
    }),
  );
}

try {
  await main();
} catch (error) {
  // For a host: the message, without a stack.
  console.error(error instanceof OptionError ? error.message : `\n${(error as Error).message}`);
  process.exitCode = 1;
}

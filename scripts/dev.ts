/** `npm run dev`: pages, lessons, exercises and the sandbox, each reloaded when it is edited. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildVendor, root } from './build.ts';
import { readOptions } from './options.ts';
import { usageOf } from './usage.ts';
import { endWithUs } from './progress.mjs';

const options = readOptions(process.argv.slice(2), process.env);
if (options === 'help') {
  console.log(usageOf('npm run dev --'));
} else {
  await buildVendor();
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  // `--ignore-lock`: some shells make `astro dev` put itself in the background and return.
  const args = [astro, 'dev', '--ignore-lock', '--port', String(options.port ?? 4321)];
  if (options.host !== undefined) args.push('--host', options.host);
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
      ...(options.mqttPort !== undefined && { RETAINED_MQTT_PORT: String(options.mqttPort) }),
    },
  });
  endWithUs(child);
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}

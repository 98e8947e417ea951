// `npm start`: the process that starts `start.ts`, and starts it again. Plain JavaScript, so that it stays small.
import { fileURLToPath } from 'node:url';
import { supervise, wantsSupervisor } from './host/supervise.mjs';
import { stopWithNpm } from './parents.mjs';

const args = process.argv.slice(2);
if (wantsSupervisor(args, process.env)) {
  stopWithNpm(() => process.kill(process.pid, 'SIGTERM'));
  process.exitCode = await supervise(fileURLToPath(new URL('start.ts', import.meta.url)), args);
} else {
  await import('./start.ts');
}

/**
 * `npm run bench:start [-- --package <file>]`: how long somebody waits for the first page, from a fresh clone with
 * an empty npm cache, or from the npm file; then what the course takes while nobody is there, and how long it
 * takes to stop. Needs Linux: memory and time are those of /proc.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root } from '../scripts/build.ts';
import { freePort } from '../sandbox/testing/differential/free-ports.ts';

const { values } = parseArgs({ options: { package: { type: 'string' } } });
const place = mkdtempSync(join(tmpdir(), 'retained-start-'));
const port = await freePort();
const flags = ['--port', String(port), '--mqtt-port', '0', '--tls-port', '0', '--data', join(place, 'data')]; // prettier-ignore
/** Without the packages and the Node of this repository's own scripts; the npm file needs a Node that is new enough. */
const own = values.package ? [dirname(process.execPath)] : [];
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PATH: [...own, ...(process.env['PATH'] ?? '').split(':').filter((one) => !one.includes('node_modules'))].join(':'),
  npm_config_cache: join(place, 'cache'),
}; // prettier-ignore

/** Seconds since then. */
const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
const row = (what: string, value: string): void => console.log(`${what.padEnd(34)} ${value}`);

async function run(program: string, args: string[], cwd: string): Promise<void> {
  const [code] = (await once(spawn(program, args, { cwd, env, stdio: 'ignore' }), 'exit')) as [number]; // prettier-ignore
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
}

/** The process and those below it. */
function treeOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
      } catch {
        return [];
      }
    });
  const below = (id: number): number[] => [
    id,
    ...parents.filter(([, parent]) => parent === id).flatMap(([child]) => below(child!)),
  ];
  return below(pid);
}
/** Resident megabytes, and seconds of the processor. */
function takenBy(pids: readonly number[]): { megabytes: number; seconds: number } {
  let [megabytes, ticks] = [0, 0];
  for (const pid of pids) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    megabytes += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return { megabytes, seconds: ticks / 100 };
}

/** Starts it; prints the steps as the program says them, and what follows. */
async function measure(program: string, args: string[], cwd: string): Promise<void> {
  const began = performance.now();
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const [, what, seconds] of text.matchAll(/^(\w[\w ]+): done, (\d+) s$/gm)) row(`  ${what}`, `${seconds} s`); // prettier-ignore
  });
  const page = () => fetch(`http://127.0.0.1:${port}/en/`).then(({ ok }) => ok, () => false); // prettier-ignore
  while (!(await page())) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    await sleep(50);
  }
  row('first page after', since(began));
  await sleep(5_000);
  const pids = treeOf(child.pid!);
  const before = takenBy(pids);
  await sleep(20_000);
  const after = takenBy(pids);
  row('memory, nobody there', `${after.megabytes.toFixed(0)} MB in ${pids.length} processes`);
  row('processor, nobody there', `${((after.seconds - before.seconds) / 0.2).toFixed(1)} % of a core`); // prettier-ignore
  const stopping = performance.now();
  // As Ctrl-C: each process of the terminal gets it.
  for (const pid of pids) process.kill(pid, 'SIGINT');
  await ended;
  row('stopped after', since(stopping));
}

try {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}\n`);
  if (values.package) {
    const began = performance.now();
    await run('npm', ['install', '--prefix', place, '--no-audit', '--no-fund', resolve(values.package)], place); // prettier-ignore
    row('npm install', since(began));
    await measure(join(place, 'node_modules', '.bin', 'retained'), flags, place);
  } else {
    const clone = join(place, 'clone');
    await run('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone], place);
    await measure('npm', ['start', '--', ...flags], clone);
  }
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}

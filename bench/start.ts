/**
 * `npm run bench:start [-- --way clone,npm,folder,deb]`: how long somebody waits for the first page, with an empty
 * npm cache; then what the course takes while nobody is there, and how long it takes to stop. The files are those of
 * `npm run build:package`, `build:folder` and `build:deb`. Needs Linux: memory and time are those of /proc.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root } from '../scripts/build.ts';
import { freePort } from '../sandbox/testing/differential/free-ports.ts';

const { values } = parseArgs({ options: { way: { type: 'string', default: 'clone' } } });
const ways = values.way.split(',');
const place = mkdtempSync(join(tmpdir(), 'retained-start-'));
const port = await freePort();
const flags = ['--port', String(port), '--mqtt-port', '0', '--tls-port', '0', '--data', join(place, 'data')]; // prettier-ignore
/** Without the packages and the Node of this repository's own scripts. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PATH: (process.env['PATH'] ?? '').split(':').filter((one) => !one.includes('node_modules')).join(':'),
  npm_config_cache: join(place, 'cache'),
}; // prettier-ignore

/** The npm file needs a Node that is new enough. */
const envWithNode = { ...env, PATH: `${dirname(process.execPath)}:${env.PATH}` };

/** Since then. */
const since = (began: number): number => (performance.now() - began) / 1000;
const seconds = (value: number): string => `${value.toFixed(1)} s`;
const row = (what: string, value: string): void => console.log(`${what.padEnd(34)} ${value}`);

async function run(program: string, ...args: string[]): Promise<void> {
  const child = spawn(program, args, { cwd: place, env: envWithNode, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
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

/** What is measured of one way, as it stands in the table of `docs/hosting.md`. */
interface Measured {
  way: string;
  /** Of the file, in MB; null for a clone. */
  megabytes: number | null;
  /** Seconds to install or unpack, and then to the first page. */
  installed: number | null;
  firstPage: number;
  memory: string;
  /** Percent of a core. */
  processor: number;
  stopped: number;
}

/** Starts it; prints the steps as the program says them, and what follows. */
async function measure(
  program: string,
  args: string[],
  { cwd = place, own = env }: { cwd?: string; own?: NodeJS.ProcessEnv } = {},
): Promise<Omit<Measured, 'way' | 'megabytes' | 'installed'>> {
  const began = performance.now();
  const child = spawn(program, args, { cwd, env: own, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const [, what, took] of text.matchAll(/^(\w[\w ]+): done, (\d+) s$/gm)) row(`  ${what}`, `${took} s`); // prettier-ignore
  });
  const page = () => fetch(`http://127.0.0.1:${port}/en/`).then(({ ok }) => ok, () => false); // prettier-ignore
  while (!(await page())) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    await sleep(50);
  }
  const firstPage = since(began);
  row('first page after', seconds(firstPage));
  await sleep(5_000);
  const pids = treeOf(child.pid!);
  const each = pids.map((pid) => takenBy([pid]).megabytes.toFixed(0)).join(' + ');
  const before = takenBy(pids);
  await sleep(15_000);
  const processor = (takenBy(pids).seconds - before.seconds) / 0.15;
  row('memory, nobody there', `${each} MB`);
  row('processor, nobody there', `${processor.toFixed(1)} % of a core`);
  const stopping = performance.now();
  // As Ctrl-C: each process of the terminal gets it.
  for (const pid of pids) process.kill(pid, 'SIGINT');
  await ended;
  const stopped = since(stopping);
  row('stopped after', seconds(stopped));
  return { firstPage, memory: each, processor, stopped };
}

/** The newest file there of that form. */
function fileOf(folder: string, form: RegExp, script: string): string {
  const at = join(root, folder);
  const found = existsSync(at) ? readdirSync(at).filter((name) => form.test(name)).sort().at(-1) : undefined; // prettier-ignore
  if (found === undefined) throw new Error(`There is no such file in ${folder}: npm run ${script}`);
  return join(at, found);
}

/** Installs a file as its way does, without the rights of root, and starts it. */
async function fromFile(
  way: string,
  file: string,
  install: [string, ...string[]],
  program: string,
  own = env,
): Promise<Measured> {
  // prettier-ignore
  const began = performance.now();
  await run(...install);
  const installed = since(began);
  row('installed after', seconds(installed));
  const megabytes = statSync(file).size / 1e6;
  return { way, megabytes, installed, ...(await measure(program, flags, { own })) };
}

const measures: Record<string, () => Promise<Measured>> = {
  async clone() {
    const clone = join(place, 'clone');
    await run('git', 'clone', '--quiet', '--depth', '1', `file://${root}`, clone);
    const found = await measure('npm', ['start', '--', ...flags], { cwd: clone });
    return { way: 'a clone', megabytes: null, installed: null, ...found };
  },
  npm: () => {
    const file = fileOf('dist-package', /^retained-.*\.tgz$/, 'build:package');
    return fromFile('npm', file, ['npm', 'install', '--prefix', place, '--no-audit', '--no-fund', file], join(place, 'node_modules', '.bin', 'retained'), envWithNode); // prettier-ignore
  },
  folder: () => {
    const file = fileOf(
      'dist-folder',
      new RegExp(`linux-${process.arch}.*\\.zip$`),
      'build:folder',
    );
    return fromFile('folder', file, ['unzip', '-q', file, '-d', place], join(place, 'Retained', 'retained.sh')); // prettier-ignore
  },
  deb: () => {
    const file = fileOf('dist-package', /^retained_.*\.deb$/, 'build:deb');
    return fromFile('Debian', file, ['dpkg-deb', '--extract', file, join(place, 'debian')], join(place, 'debian', 'usr', 'bin', 'retained')); // prettier-ignore
  },
};

function table(all: readonly Measured[]): void {
  console.log(
    '\n| way | file | installed | first page | memory of each process | processor | stopped |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { way, megabytes, installed, firstPage, memory, processor, stopped } of all)
    console.log(`| ${way} | ${megabytes === null ? '–' : `${megabytes.toFixed(0)} MB`} | ${installed === null ? '–' : seconds(installed)} | ${seconds(firstPage)} | ${memory} MB | ${processor.toFixed(1)} % | ${seconds(stopped)} |`); // prettier-ignore
}

try {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}`);
  const all: Measured[] = [];
  for (const way of ways) {
    const one = measures[way];
    if (!one) throw new Error(`"${way}" is none of ${Object.keys(measures).join(', ')}.`);
    console.log(`\n${way}`);
    all.push(await one());
  }
  table(all);
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}

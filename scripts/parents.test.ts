/** `npm start` as npm runs it: npm, a shell, the server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const start = new URL('./start.mjs', import.meta.url).pathname;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retained-npm-'));
  await writeFile(join(folder, 'index.html'), 'page');
});
afterEach(() => rm(folder, { recursive: true }));

/** A process that has ended counts as gone, although its parent may not have asked for its end yet. */
const isThere = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test.skipIf(process.platform !== 'linux').each([
  ['npm', false],
  ['its shell', true],
])('the server ends with %s', { timeout: 60_000 }, async (_, isShell) => {
  const server = `'${process.execPath}' '${start}' --pages '${folder}' --data '${folder}/data' --host 127.0.0.1 --port 0 --mqtt-port 0 --tls-port 0 & echo $$ $!; wait`;
  const npm = `require('node:child_process').spawn('sh', ['-c', process.argv[1]], { stdio: ['ignore', 'inherit', 'ignore'] });`;
  const middle = spawn(process.execPath, ['-e', npm, server], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  let said = '';
  middle.stdout.on('data', (text: Buffer) => (said += String(text)));
  while (!said.includes('The course is open')) await once(middle.stdout, 'data');
  const [shell, pid] = said.split(/\s+/).map(Number) as [number, number];
  try {
    expect(isThere(pid)).toBe(true);
    process.kill(isShell ? shell : middle.pid!, 'SIGKILL');
    await expect.poll(() => isThere(pid), { timeout: 30_000 }).toBe(false);
  } finally {
    for (const each of [pid, shell, middle.pid!]) if (isThere(each)) process.kill(each, 'SIGKILL');
  }
});

test.skipIf(process.platform !== 'linux')(
  'SIGTERM to `npm start` ends the server in order: it says so, and leaves no process and no port',
  { timeout: 60_000 },
  async () => {
    const flags = ['--pages', folder, '--data', join(folder, 'data'), '--host', '127.0.0.1'];
    const ports = ['--port', '0', '--mqtt-port', '0', '--tls-port', '0', '--log', 'json'];
    // Without `prestart`, which may install packages: other tests are using them.
    const npm = spawn('npm', ['start', '--ignore-scripts', '--', ...flags, ...ports], {
      cwd: new URL('..', import.meta.url).pathname,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let errors = '';
    npm.stdout.on('data', (text: Buffer) => (said += String(text)));
    npm.stderr.on('data', (text: Buffer) => (errors += String(text)));
    // Its pipes close once no process below it is left.
    const closed = once(npm, 'close');
    while (!said.includes('"event":"open"')) await once(npm.stdout, 'data');
    const [, port] = /"mqttPort":(\d+)/.exec(said)!;
    const client = connect(Number(port), '127.0.0.1');
    await once(client, 'connect');
    const left = once(client, 'close');
    npm.kill('SIGTERM');
    await Promise.all([closed, left]);
    const events = [...said.matchAll(/"event":"([a-z-]+)"/g)].map(([, event]) => event);
    expect([events, errors]).toEqual([['open', 'stopping'], '']);
    await expect(once(connect(Number(port), '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED'); // prettier-ignore
  },
);

/**
 * Debian's mosquitto as a child process with a room's files: its ports moved to free ones of the
 * loopback, `/etc/mosquitto` to a directory of its own, and both moved back in what it says.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConfigFiles } from '../../mosquitto/conf/problem.ts';
import type { TestCertificates } from './certificates.ts';
import { freePorts } from './free-ports.ts';

export interface StartedMosquitto {
  started: boolean;
  /** What it logged until it ran or stopped, without times. */
  log: string[];
  /** What it has logged since; all of it once it is stopped. */
  logged(): string[];
  /** The port that stands for one of the files'. */
  port(port: number): number;
  stop(): Promise<void>;
}

const program = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto'];

/** Why there is nothing to compare with; undefined where there is. */
export function whyNoReference(): string | undefined {
  const version = spawnSync(findProgram() ?? 'mosquitto', ['-h'], { encoding: 'utf8' });
  const found = /mosquitto version (\S+)/.exec(version.stdout ?? '')?.[1];
  if (found === undefined) return 'mosquitto is not installed (apt install mosquitto)';
  if (!found.startsWith('2.0.11')) return `mosquitto is ${found}; the sandbox follows 2.0.11`;
  if (spawnSync('openssl', ['version']).status !== 0) {
    return 'openssl is not installed (apt install openssl)';
  }
  return undefined;
}

function findProgram(): string | undefined {
  return program.find((path) => spawnSync('test', ['-x', path]).status === 0);
}

/** Numbers that mean a port in the files: `listener 1883`, `port 1883`. */
const portLine = /^( *(?:listener|port) +)(\d+)/gm;

export async function startMosquitto(
  files: ConfigFiles,
  tls?: TestCertificates,
): Promise<StartedMosquitto> {
  const directory = await mkdtemp(join(tmpdir(), 'retained-mosquitto-'));
  const wanted = new Set<number>([1883]);
  for (const text of Object.values(files)) {
    for (const found of text?.matchAll(portLine) ?? []) {
      const port = Number(found[2]);
      if (port >= 1024 && port <= 65_535) wanted.add(port);
    }
  }
  const free = await freePorts(wanted.size);
  const ports = new Map([...wanted].map((port, index) => [port, free[index] ?? 0]));
  const back = new Map([...ports].map(([port, real]) => [String(real), String(port)]));

  // Mosquitto gives up root before it reads its password file.
  await chmod(directory, 0o755);
  await mkdir(join(directory, 'conf.d'));
  await chmod(join(directory, 'conf.d'), 0o755);
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue;
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    const moved = text
      .replaceAll('/etc/mosquitto', directory)
      .replace(portLine, (line: string, start: string, port: string) => {
        const real = ports.get(Number(port));
        return real === undefined ? line : `${start}${real}`;
      });
    await writeFile(path, moved, { mode: 0o644 });
    await chmod(path, 0o644);
  }

  const conf =
    files['mosquitto.conf'] === undefined ? [] : ['-c', join(directory, 'mosquitto.conf')];
  if (tls) {
    await mkdir(join(directory, 'ca_certificates'), { mode: 0o755 });
    await mkdir(join(directory, 'certs'), { mode: 0o755 });
    await writeFile(join(directory, 'ca_certificates', 'ca.crt'), tls.ca, { mode: 0o644 });
    await writeFile(join(directory, 'certs', 'server.crt'), tls.certificate, { mode: 0o644 });
    await writeFile(join(directory, 'certs', 'server.key'), tls.key, { mode: 0o644 });
  }
  const child = spawn(findProgram() ?? 'mosquitto', [...conf, '-p', String(ports.get(1883))], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const log = (from = 0) =>
    lines.slice(from).map((line) =>
      line
        .replace(/^\d{10}: /, '')
        .replaceAll(directory, '/etc/mosquitto')
        .replace(/\bport (\d+)/g, (_whole, port: string) => `port ${back.get(port) ?? port}`),
    );
  const silent = /^log_(dest|type)/m.test(files['mosquitto.conf'] ?? '');
  const started = await running(child, lines, silent ? [...ports.values()].at(-1) : undefined);
  const atStart = lines.length;
  return {
    started,
    log: log(),
    logged: () => log(atStart),
    port: (port) => ports.get(port) ?? port,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        // Its output is read to the end by then. A SIGTERM right after the start would be lost.
        const ended = new Promise((done) => child.once('close', done));
        child.kill('SIGKILL');
        await ended;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** True once it says that it runs, or takes a connection; false once it has ended. */
function running(child: ChildProcess, lines: string[], silentOn?: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let rest = '';
    let done = false;
    const finish = (answer: boolean) => {
      done = true;
      resolve(answer);
    };
    /** Its log contains the connections that tested whether it listens. */
    let probe = /^\b$/;
    const read = (chunk: Buffer) => {
      const parts = `${rest}${chunk.toString('utf8')}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.filter((line) => !probe.test(line)));
      if (parts.some((line) => /mosquitto version \S+ running$/.test(line))) finish(true);
    };
    child.stderr?.on('data', read);
    child.stdout?.on('data', read);
    child.once('error', reject);
    child.once('close', () => finish(false));
    // A broker that does not log that it runs is asked whether it listens.
    const ask = () => {
      if (done || silentOn === undefined) return;
      const socket = connect(silentOn, '127.0.0.1');
      socket.once('connect', () => {
        probe = new RegExp(`127\\.0\\.0\\.1:${socket.localPort} |Client <unknown> closed`);
        socket.destroy();
        finish(true);
      });
      socket.once('error', () => setTimeout(ask, 20));
    };
    ask();
  });
}

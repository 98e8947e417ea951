/**
 * A Debian's mosquitto as a child process with a room's files: its ports moved to free ones of the
 * loopback, `/etc/mosquitto` to a directory of its own, and both moved back in what it says.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { modeOf } from '../../mosquitto/conf/file-modes.ts';
import type { ConfigFiles } from '../../mosquitto/conf/problem.ts';
import type { FileModes } from '../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import type { TestCertificates } from './certificates.ts';
import { freePorts } from './free-ports.ts';
import { mosquittoOf, ownVersion } from './other-mosquittos.ts';

export interface StartedMosquitto {
  started: boolean;
  /** What it logged until it ran or stopped, without times. */
  log: string[];
  /** What it has logged since; all of it once it is stopped. */
  logged(): string[];
  /** The port that stands for one of the files'. */
  port(port: number): number;
  /** Ends or starts the process; its files and what it saved stay. */
  operate(deed: ProcessDeed): Promise<void>;
  stop(): Promise<void>;
}

/** What a person can do to a process that no systemd starts again. */
export type ProcessDeed = 'stop' | 'kill' | 'start' | 'save';

/** Why there is nothing to compare with; undefined where there is. */
export function whyNoReference(version: MosquittoVersion = ownVersion): string | undefined {
  const found = mosquittoOf(version);
  if (typeof found === 'string') return found;
  if (spawnSync('openssl', ['version']).status !== 0) {
    return 'openssl is not installed (apt install openssl)';
  }
  return undefined;
}

/** Numbers that mean a port in the files: `listener 1883`, `port 1883`. */
const portLine = /^( *(?:listener|port) +)(\d+)/gm;

export async function startMosquitto(
  version: MosquittoVersion,
  files: ConfigFiles,
  tls?: TestCertificates,
  modes?: FileModes,
): Promise<StartedMosquitto> {
  const installed = mosquittoOf(version);
  if (typeof installed === 'string') throw new Error(installed);
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

  const user = process.getuid?.() === 0 ? userMosquitto() : undefined;
  // Mosquitto gives up root before it reads its password file.
  await chmod(directory, 0o755);
  await mkdir(join(directory, 'conf.d'));
  await chmod(join(directory, 'conf.d'), 0o755);
  await mkdir(join(directory, 'saved'));
  if (user) await chown(join(directory, 'saved'), user.uid, user.gid);
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue;
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    const moved = text
      .replaceAll('/etc/mosquitto', directory)
      .replaceAll('/var/lib/mosquitto', join(directory, 'saved'))
      .replace(/\/usr\/lib\/\S+/g, (path) => installed.here(path))
      .replace(portLine, (line: string, start: string, port: string) => {
        const real = ports.get(Number(port));
        return real === undefined ? line : `${start}${real}`;
      });
    // Newer ones remark on a file of somebody else, or that everybody may read.
    await writeFile(path, moved, { mode: 0o600 });
    if (user) await chown(path, user.uid, user.gid);
  }
  // The directory last: its owner may shut it.
  for (const name of Object.keys(modes ?? {})
    .sort()
    .reverse()) {
    const { owner, group, bits } = modeOf(modes, name);
    await chown(join(directory, name), idOf('passwd', owner), idOf('group', group));
    await chmod(join(directory, name), bits);
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
  const launch = () =>
    spawn(installed.broker, [...conf, '-p', String(ports.get(1883))], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  let child = launch();
  const lines: string[] = [];
  const { probed, isProbe } = probes();
  const log = (from: number, to?: number) =>
    lines.slice(from, to).flatMap((line) =>
      isProbe(line)
        ? []
        : line
            .replace(/^\d{10}: /, '')
            .replaceAll(join(directory, 'saved'), '/var/lib/mosquitto')
            .replaceAll(directory, '/etc/mosquitto')
            .replaceAll(installed.here('/usr/lib/'), '/usr/lib/')
            .replace(/\bport (\d+)/g, (_whole, port: string) => `port ${back.get(port) ?? port}`),
    );
  const silent = /^log_(dest|type)/m.test(files['mosquitto.conf'] ?? '');
  const asked = silent ? [...ports.values()].at(-1) : undefined;
  const started = await running(child, lines, probed, asked);
  // What came with the same bytes as “running” was said later.
  const saysItRuns = lines.findIndex((line) => itRuns.test(line));
  const atStart = saysItRuns < 0 ? lines.length : saysItRuns + 1;
  return {
    started,
    log: log(0, atStart),
    logged: () => log(atStart),
    port: (port) => ports.get(port) ?? port,
    async operate(deed) {
      if (deed === 'start') {
        child = launch();
        await running(child, lines, probed, asked);
      } else if (deed === 'save') {
        const saved = lines.length;
        child.kill('SIGUSR1');
        while (!lines.slice(saved).some((line) => line.includes('Saving in-memory database')))
          await new Promise((resolve) => setTimeout(resolve, 20));
      } else await end(child, deed === 'stop' ? 'SIGTERM' : 'SIGKILL');
    },
    async stop() {
      await end(child, 'SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Its output is read to the end by then. A SIGTERM between “running” and the first round of its loop is
 * lost: Mosquitto says that it runs, and then sets the flag that the signal had cleared (`main` of
 * 2.0.11). It is sent until the process ends; its handler only clears that flag.
 */
async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('close', done));
  child.kill(signal);
  const again = setInterval(() => child.kill(signal), 100);
  await ended;
  clearInterval(again);
}

/** Connections that only tested whether it listens, and their lines in its log. */
function probes(): { probed(port: number): void; isProbe(line: string): boolean } {
  const ports: number[] = [];
  const nameless = /Client <unknown> closed|^\d+: Client 127\.0\.0\.1 \[/;
  return {
    probed: (port) => ports.push(port),
    isProbe: (line) =>
      ports.length > 0 &&
      (nameless.test(line) || ports.some((port) => line.includes(`127.0.0.1:${port} `))),
  };
}

const itRuns = /mosquitto version \S+ running$/;

/** True once it says that it runs, or takes a connection; false once it has ended. */
function running(
  child: ChildProcess,
  lines: string[],
  probed: (port: number) => void,
  silentOn?: number,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let rest = '';
    let done = false;
    const finish = (answer: boolean) => {
      done = true;
      resolve(answer);
    };
    const read = (chunk: Buffer) => {
      const parts = `${rest}${chunk.toString('utf8')}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      if (parts.some((line) => itRuns.test(line))) finish(true);
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
        probed(socket.localPort!);
        socket.destroy();
        finish(true);
      });
      socket.once('error', () => setTimeout(ask, 20));
    };
    ask();
  });
}

/** Why owners and modes of files can't be compared here; undefined where they can. */
export function whyNoOwners(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may give files to other users';
  const groups = readFileSync('/etc/group', 'utf8');
  if (!/^nogroup:/m.test(groups)) return 'this machine has no group nogroup';
  return userMosquitto() ? undefined : 'this machine has no user mosquitto';
}

/** The number of a user (`passwd`) or of a group (`group`) of this machine. */
function idOf(database: 'passwd' | 'group', name: string): number {
  const line = readFileSync(`/etc/${database}`, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  if (line === undefined) throw new Error(`this machine has no ${name} in /etc/${database}`);
  return Number(line.split(':')[2]);
}

/** The user that it becomes, if this machine has it. */
function userMosquitto(): { uid: number; gid: number } | undefined {
  const line = /^mosquitto:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : undefined;
}

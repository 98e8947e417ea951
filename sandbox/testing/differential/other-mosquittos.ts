/**
 * The Mosquittos of other Debians: their packages and all that these need, unpacked into a folder of
 * the user's cache, and run there by their own dynamic linker. Nothing is installed, and no root is
 * needed. The mirror is the one that this machine's apt is set up with.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';

/** A Mosquitto that can be run. */
export interface InstalledMosquitto {
  broker: string;
  /** The folder of mosquitto_sub and the like. */
  bin: string;
  /** A path of its system, where it is here. */
  here(path: string): string;
}

/** Which Debian has which. The machine's own apt installs the first. */
const suites = { '2.0.21': 'trixie', '2.1.2': 'forky' } as const;
export const ownVersion = '2.0.11';
/** The broker gives up root before it loads its plugins: its user must be able to read them. */
const caches =
  process.getuid?.() === 0
    ? '/var/cache'
    : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));
const cache = join(caches, 'retained-mosquitto');
const packages = ['mosquitto', 'mosquitto-clients'];
const programs = [
  'sbin/mosquitto',
  ...['pub', 'sub', 'rr', 'passwd'].map((name) => `bin/mosquitto_${name}`),
];

const versionOf = (broker: string): string | undefined =>
  /mosquitto version (\S+)/.exec(spawnSync(broker, ['-h'], { encoding: 'utf8' }).stdout ?? '')?.[1];

const found = new Map<MosquittoVersion, InstalledMosquitto | string>();

/** That Mosquitto, or why it is not here. */
export function mosquittoOf(version: MosquittoVersion): InstalledMosquitto | string {
  const known =
    found.get(version) ?? (version === ownVersion ? ownMosquitto() : otherMosquitto(version));
  found.set(version, known);
  return known;
}

function ownMosquitto(): InstalledMosquitto | string {
  const broker = ['/usr/sbin', '/usr/local/sbin', '/usr/bin']
    .map((folder) => `${folder}/mosquitto`)
    .find(existsSync);
  if (!broker) return 'mosquitto is not installed (apt install mosquitto mosquitto-clients)';
  const version = versionOf(broker);
  if (version !== ownVersion) {
    return `this machine's mosquitto is ${version ?? 'broken'}, not ${ownVersion}`;
  }
  return { broker, bin: '/usr/bin', here: (path) => path };
}

function otherMosquitto(version: keyof typeof suites): InstalledMosquitto | string {
  const root = join(cache, suites[version]);
  const bin = join(root, 'run');
  const broker = join(bin, 'mosquitto');
  if (!existsSync(broker)) return `mosquitto ${version} is not unpacked (npm test does it)`;
  const is = versionOf(broker);
  if (is !== version)
    return `Debian's ${suites[version]} has mosquitto ${is ?? 'that does not run'}, not ${version}`;
  return { broker, bin, here: (path) => path.replace(/^\/usr\/lib\//, `${root}/usr/lib/`) };
}

/** Unpacks those that are not there yet. Returns why, by version, if it can't. */
export function unpackMosquittos(): Map<string, string> {
  const faults = new Map<string, string>();
  for (const [version, suite] of Object.entries(suites)) {
    const root = join(cache, suite);
    const fault = existsSync(join(root, 'run')) ? undefined : unpack(suite, root);
    if (fault !== undefined) faults.set(version, fault);
  }
  return faults;
}

/** @returns why it could not be done */
function unpack(suite: string, root: string): string | undefined {
  if (process.platform !== 'linux') return `Debian's packages run on Linux`;
  for (const tool of ['apt-get', 'dpkg-deb']) {
    if (spawnSync(tool, ['--version']).error) return `there is no ${tool}`;
  }
  const mirror = mirrorOfApt();
  if (mirror === undefined) return 'apt has no Debian mirror';
  const fresh = `${root}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    for (const folder of ['lists/partial', 'archives/partial'])
      mkdirSync(join(fresh, 'apt', folder), { recursive: true });
    const source = `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`;
    writeFileSync(join(fresh, 'apt', 'sources.list'), source);
    writeFileSync(join(fresh, 'apt', 'status'), '');
    const failed =
      apt(fresh, 'update') ??
      apt(fresh, 'install', '--download-only', '--yes', '--no-install-recommends', ...packages);
    if (failed !== undefined) return failed;
    const archives = join(fresh, 'apt', 'archives');
    for (const name of readdirSync(archives).filter((each) => each.endsWith('.deb'))) {
      const done = spawnSync('dpkg-deb', ['--extract', join(archives, name), fresh], {
        encoding: 'utf8',
      });
      if (done.status !== 0) return `dpkg-deb: ${done.stderr}`;
    }
    rmSync(join(fresh, 'apt'), { recursive: true });
    wrap(fresh, root);
    rmSync(root, { recursive: true, force: true });
    renameSync(fresh, root);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Each program as a script that starts it with its own system's libraries. */
function wrap(fresh: string, root: string): void {
  const triplet = readdirSync(join(fresh, 'usr/lib')).find((name) => name.endsWith('-linux-gnu'));
  const linker = readdirSync(join(fresh, 'usr/lib', triplet ?? '')).find((name) =>
    /^ld-linux.*\.so/.test(name),
  );
  const libraries = join(root, 'usr/lib', triplet ?? '');
  // A library may count on its installation for the link that programs look for.
  spawnSync('/sbin/ldconfig', ['-n', join(fresh, 'usr/lib', triplet ?? '')]);
  mkdirSync(join(fresh, 'run'));
  for (const program of programs) {
    const path = join(fresh, 'run', program.replace(/^.*\//, ''));
    const target = join(root, 'usr', program);
    writeFileSync(
      path,
      `#!/bin/sh\nexec '${libraries}/${linker}' --library-path '${libraries}' '${target}' "$@"\n`,
    );
    chmodSync(path, 0o755);
  }
}

function apt(root: string, ...command: string[]): string | undefined {
  const at = join(root, 'apt');
  const options = [
    `Dir::Etc::sourcelist=${at}/sources.list`,
    'Dir::Etc::sourceparts=-',
    `Dir::State=${at}`,
    `Dir::State::lists=${at}/lists`,
    `Dir::State::status=${at}/status`,
    `Dir::Cache=${at}`,
    `Dir::Cache::archives=${at}/archives`,
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
    'Debug::NoLocking=true',
  ];
  const done = spawnSync(
    'apt-get',
    ['-qq', ...options.flatMap((each) => ['-o', each]), ...command],
    {
      encoding: 'utf8',
      timeout: 300_000,
    },
  );
  return done.status === 0
    ? undefined
    : `apt-get ${command[0]}: ${done.stderr.trim().split('\n').at(-1)}`;
}

/** From `URIs:` of deb822, or the lines of old. */
function mirrorOfApt(): string | undefined {
  const files = ['/etc/apt/sources.list'];
  const parts = '/etc/apt/sources.list.d';
  if (existsSync(parts)) files.push(...readdirSync(parts).map((name) => join(parts, name)));
  for (const file of files.filter((each) => existsSync(each))) {
    const text = readFileSync(file, 'utf8');
    const found = /^(?:URIs:|deb(?: +\[[^\]]*\])?) +(\S+\/debian\/?)(?: |$)/m.exec(text);
    if (found) return found[1];
  }
  return undefined;
}

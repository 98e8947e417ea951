/** The programs that the tests need on the machine, and their installation if that is allowed. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createRequire } from 'node:module';
import { runQuietly } from '../progress.mjs';
import { unpackMosquittos } from '../../sandbox/testing/differential/other-mosquittos.ts';
import { firefox } from '../try-firefox/bidi.ts';
import { installedPahoPython } from './paho.ts';
import { serversFolder, unpackServers } from './servers.ts';

const LISTS = '/var/lib/apt/lists';
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The full path of a program on the PATH, where Debian keeps its servers, or where they are unpacked. */
export function which(program: string): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  const folders = [...postgresFolders(), ...onPath, '/usr/sbin', '/usr/local/sbin', serversFolder];
  return folders.map((folder) => join(folder, program)).find((path) => executable(path));
}

/** Debian keeps several versions side by side, whole, and of none all programs on the PATH; the newest first. */
const postgresFolders = (): string[] =>
  globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian's Python, not a version manager's: python3-paho-mqtt belongs to it. */
const hasPaho = (): boolean =>
  executable('/usr/bin/python3') &&
  spawnSync('/usr/bin/python3', ['-c', 'import paho.mqtt.client']).status === 0;

const hasVenv = (): boolean =>
  spawnSync('/usr/bin/python3', ['-c', 'import ensurepip']).status === 0;

/** How apt may be called: as root, or by sudo if the caller asked for that; else undefined. */
function apt(mayInstall: boolean): string[] | undefined {
  if (!which('apt-get')) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  return mayInstall && which('sudo') ? ['sudo', 'apt-get'] : undefined;
}

async function aptInstall(packages: string[], mayInstall: boolean): Promise<boolean> {
  const command = apt(mayInstall);
  if (!command || packages.length === 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [program, ...before] = command as [string, ...string[]];
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const title = `Installing ${packages.join(', ')}`;
  const update = () =>
    runQuietly('Reading the package lists', program, [...before, 'update'], { env });
  // A machine on which nothing was installed before has no lists of packages, or old ones.
  const hadLists = existsSync(LISTS) && readdirSync(LISTS).some((name) => /_Packages/.test(name));
  if (!hadLists) await update();
  const first = await runQuietly(title, program, [...before, ...install], { env });
  if (first.code === 0) return true;
  if (hadLists) await update();
  const second = await runQuietly(title, program, [...before, ...install], { env });
  if (second.code !== 0) console.error(second.output.trim().split('\n').slice(-5).join('\n'));
  return second.code === 0;
}

const findBrowser = (): string | undefined =>
  process.env['RETAINED_BROWSER'] ?? BROWSERS.map(which).find((path) => path !== undefined);

/** Playwright's own download, if it is there. */
async function playwrightBrowser(): Promise<string | undefined> {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return executable(path) ? path : undefined;
}

/** Debian's packages that the tests use → whether their programs are installed. */
const needs: Record<string, () => boolean> = {
  chromium: () => findBrowser() !== undefined,
  'firefox-esr': () => firefox() !== undefined,
  mosquitto: () => which('mosquitto') !== undefined,
  'mosquitto-clients': () => which('mosquitto_pub') !== undefined,
  openssl: () => which('openssl') !== undefined,
  'webkit2gtk-driver': () => which('WebKitWebDriver') !== undefined,
  xvfb: () => which('Xvfb') !== undefined,
  'python3-paho-mqtt': hasPaho,
  // Only for the paho-mqtt 2 that Debian 12 has no package of.
  'python3-venv': () => installedPahoPython() !== undefined || hasVenv(),
};
/** The dev container and the CI workflow install the same. */
export const packages: readonly string[] = Object.keys(needs);

export interface System {
  /** Path of a Chromium. */
  browser: string | undefined;
  /** Each package that is missing, also those that are never installed by itself → what to do about it. */
  missing: Map<string, string>;
}

/**
 * Looks for what the tests use, and installs what is missing: as root by itself, otherwise only if
 * `mayInstall` says that sudo may be used.
 */
export async function setUpSystem(mayInstall: boolean): Promise<System> {
  const absent = () => packages.filter((name) => !needs[name]!());
  let still = absent();
  // Together first: one call is faster; one by one where a package doesn't exist here.
  if (still.length > 0 && !(await aptInstall(still, mayInstall)) && still.length > 1) {
    for (const name of still) await aptInstall([name], mayInstall);
  }
  let browser = findBrowser() ?? (await playwrightBrowser());
  if (!browser) {
    const cli = createRequire(import.meta.url).resolve('playwright/cli');
    await runQuietly('Downloading a Chromium', process.execPath, [cli, 'install', 'chromium']);
    browser = await playwrightBrowser();
  }
  still = absent();
  const missing: System['missing'] = new Map();
  for (const name of still) {
    if (name === 'chromium' && browser) continue;
    const path = name === 'chromium' ? ', or RETAINED_BROWSER=<path>' : '';
    missing.set(
      name,
      `no ${name}: \`npm test -- --install\` or \`sudo apt-get install ${name}\`${path}`,
    );
  }
  for (const [version, why] of unpackMosquittos()) {
    missing.set(`mosquitto ${version}`, `no comparison with mosquitto ${version}: ${why}`);
  }
  const isThere = (program: string): boolean => which(program) !== undefined;
  for (const [server, why] of unpackServers(isThere)) missing.set(server, `no ${server}: ${why}`);
  return { browser, missing };
}

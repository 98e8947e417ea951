/**
 * A Python with paho-mqtt 2, which the lessons teach. Debian 12's python3-paho-mqtt is 1.6.1, so it
 * gets a virtual environment, as the lesson tells its readers.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '2.1.0';
const folder = fileURLToPath(new URL('../../.retained/python', import.meta.url));
const own = join(folder, 'bin/python3');
/** Debian's, not a version manager's: Debian 13's python3-paho-mqtt is version 2. */
const DEBIANS = '/usr/bin/python3';

const fits = (python: string): boolean =>
  spawnSync(python, ['-c', 'from paho.mqtt.enums import CallbackAPIVersion'], {
    stdio: 'ignore',
  }).status === 0;

function install(): boolean {
  const run = (program: string, ...args: string[]) =>
    spawnSync(program, args, { stdio: 'ignore', timeout: 120_000 }).status === 0;
  return (
    run(DEBIANS, '-m', 'venv', folder) && run(own, '-m', 'pip', 'install', `paho-mqtt==${VERSION}`)
  );
}

/** Its path, if this machine has one already. */
export const installedPahoPython = (): string | undefined =>
  [process.env['RETAINED_PYTHON'], own, DEBIANS]
    .filter((path) => path !== undefined)
    .find((path) => existsSync(path) && fits(path));

let found: string | undefined | null = null;

/** Its path; undefined if there is none and none could be installed. Looks once. */
export function pahoPython(): string | undefined {
  if (found !== null) return found;
  found =
    installedPahoPython() ?? (existsSync(DEBIANS) && install() && fits(own) ? own : undefined);
  return found;
}

/**
 * A line in our shell and in sh(1), in a folder with the same files: what they say, the exit status, and what is
 * left. Only root can give files to other users.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../../../../src/workbench/terminal/programs/program.ts';
import { mosquittoPrograms } from '../../../../src/workbench/terminal/programs/programs.ts';
import { noInput } from '../../../../src/workbench/terminal/programs/streams.ts';
import { roomCommands } from '../../../../src/workbench/terminal/room/commands.ts';
import { RoomDisk } from '../../../../src/workbench/terminal/room/room-disk.ts';
import { RoomFiles } from '../../../../src/workbench/terminal/room/room-files.ts';
import { Shell } from '../../../../src/workbench/terminal/shell/shell.ts';
import { utilities } from '../../../../src/workbench/terminal/shell/utilities.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}
export interface GivenFile {
  name: string;
  text: string;
  owner: string;
  group: string;
  bits: number;
  /** Milliseconds since 1970. */
  modified: number;
}

/** What the comparison of words was written for: Debian 12's. */
const ownCoreutils = '9.1';

const says = (program: string): string =>
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '';

/** Why there is nothing to compare with; undefined where there is. */
export function whyNoFiles(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may give files to other users';
  if (!says('runuser')) return 'runuser is not installed';
  const users = ['root', 'mosquitto', 'nobody'].filter((user) => idOf('passwd', user) === undefined);
  const groups = ['root', 'mosquitto', 'nogroup'].filter((group) => idOf('group', group) === undefined);
  const [missing] = [...users, ...groups];
  return missing === undefined ? undefined : `this machine has no ${missing}`;
} // prettier-ignore

/** The same for the words of ls and the others. */
export function whyNoCoreutils(): string | undefined {
  const version = /GNU coreutils\) (\S+)/.exec(says('ls'))?.[1] ?? 'not GNU';
  return version === ownCoreutils ? whyNoFiles() : `coreutils is ${version}, not ${ownCoreutils}`;
}

function idOf(database: 'passwd' | 'group', name: string): number | undefined {
  const lines = readFileSync(`/etc/${database}`, 'utf8').split('\n');
  const found = lines.find((line) => line.startsWith(`${name}:`));
  return found === undefined ? undefined : Number(found.split(':')[2]);
}

/** A folder that everybody may enter; `remove` takes it away. */
export function makeFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'retained-files-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** @param bin where the machine's own programs are beside the usual places. The folder is empty afterwards. */
export function runTheirs(folder: string, files: readonly GivenFile[], line: string, bin = ''): Ran {
  for (const { name, text, owner, group, bits, modified } of files) {
    const path = join(folder, name);
    writeFileSync(path, text);
    chownSync(path, idOf('passwd', owner)!, idOf('group', group)!);
    chmodSync(path, bits);
    utimesSync(path, modified / 1000, modified / 1000);
  }
  const prelude = `umask 022; printf() { /usr/bin/printf "$@"; }; sudo() { user=$2; shift 2; runuser -u "$user" -- "$@"; }\n`;
  const done = spawnSync('sh', ['-c', prelude + line], {
    ...{ cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    env: { PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin`, LC_ALL: 'C', TZ: process.env['TZ'] },
  } as const);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  const { status, stdout, stderr } = done;
  return { status: status!, stdout, stderr: stderr.replaceAll('/usr/bin/printf:', 'printf:') };
} // prettier-ignore

export async function runOurs(
  folder: string,
  files: readonly GivenFile[],
  line: string,
  version?: MosquittoVersion,
): Promise<Ran> {
  const disk = new RoomDisk({ load: () => ({}), save() {}, log: () => '' }, [folder, '/tmp']);
  for (const { name, text, owner, group, bits, modified } of files) {
    const path = join(folder, name);
    disk.write(path, text);
    disk.setMode(path, { owner, group, bits });
    disk.setModified(path, modified);
  }
  const said: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const output = (to: 'stdout' | 'stderr') => ({
    write: (chunk: string | Uint8Array) => void said[to].push(Buffer.from(chunk as string)),
  });
  const programs = new Map<string, Program>([...utilities, ...mosquittoPrograms]);
  const shell = new Shell({
    ...{ programs, files: new RoomFiles(disk), cwd: folder, variables: {} },
    ...(version && { mosquitto: () => version }),
    connect: () => Promise.reject(new Error('no line')),
    message: (key) => key,
  });
  const room = roomCommands({
    programs,
    shell: () => shell,
    words: (key: string) => key,
    machine: {},
  } as never);
  programs.set('sudo', room.get('sudo')!);
  const status = await shell.run(line, {
    ...{ stdin: noInput, stdout: output('stdout'), stderr: output('stderr') },
    signal: new AbortController().signal,
    askSecret: () => Promise.resolve(null),
  });
  const [stdout, stderr] = [String(Buffer.concat(said.stdout)), String(Buffer.concat(said.stderr))];
  return { status, stdout, stderr };
}

/** Without what differs from machine to machine: the disk's blocks, its directories, and the time now. */
export const plain = ({ status, stdout, stderr }: Ran): Ran => ({
  status,
  stdout: stdout
    .replace(/^total \S+$/gm, 'total')
    .replace(/^(d\S+) .* (\S+)$/gm, '$1 $2')
    .replace(/^(-\S+) +1 /gm, '$1 1 ')
    .replace(new RegExp(` ${today()} \\d\\d:\\d\\d `, 'g'), ' now '),
  stderr,
});
/** Midnight may be between two lines. */
function today(): string {
  const [before, now] = [-60_000, 0].map((by) => new Date(Date.now() + by));
  return [before!, now!]
    .map((date) => `${date.toDateString().slice(4, 7)} ${String(date.getDate()).padStart(2)}`)
    .join('|')
    .replace(/.*/, '(?:$&)');
}

/**
 * Servers that tests start for themselves. Debian's packages would start them as services, so those are
 * only unpacked, into the project's own folder: nothing is installed, and no root is needed.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Server {
  /** Folder of its programs in the package. */
  folder: string;
  /** The first tells whether it is there. */
  programs: readonly [string, ...string[]];
  /** What makes each program say its version. */
  version: string;
}
/** By Debian's package. */
const servers: Readonly<Record<string, Server>> = {
  nginx: { folder: 'usr/sbin', programs: ['nginx'], version: '-v' },
  haproxy: { folder: 'usr/sbin', programs: ['haproxy'], version: '-v' },
  postgresql: {
    folder: 'usr/lib/postgresql/*/bin',
    programs: ['initdb', 'postgres', 'psql', 'pg_isready'],
    version: '--version',
  },
};

/** Where they can be run once they are unpacked. */
export const serversFolder = fileURLToPath(new URL('../../.retained/servers/run', import.meta.url));

/** Unpacks each of which `isThere` does not know the first program. Returns why, by package, if it can't. */
export function unpackServers(isThere: (program: string) => boolean): Map<string, string> {
  const faults = new Map<string, string>();
  for (const [name, server] of Object.entries(servers)) {
    if (isThere(server.programs[0])) continue;
    const fault = unpack(name, server);
    if (fault !== undefined) faults.set(name, fault);
  }
  return faults;
}

function unpack(name: string, { folder, programs, version }: Server): string | undefined {
  const root = join(serversFolder, '..', name);
  const fresh = `${root}.${process.pid}`;
  const run = (program: string, ...args: string[]): string => {
    const { error, status, stdout, stderr } = spawnSync(program, args, {
      ...{ cwd: fresh, encoding: 'utf8', timeout: 120_000 },
    });
    if (error || status !== 0) throw new Error(`${program}: ${error?.message ?? stderr.trim()}`);
    return stdout;
  };
  mkdirSync(fresh, { recursive: true });
  try {
    // With what this machine lacks of what it needs.
    const plan = run('apt-get', 'install', '--simulate', '--no-install-recommends', name);
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name!);
    // The user of its own for downloads may not write here.
    run('apt-get', '-qq', '-o', 'APT::Sandbox::User=', 'download', ...names);
    for (const file of readdirSync(fresh)) run('dpkg-deb', '--extract', file, '.');
    rmSync(root, { recursive: true, force: true });
    renameSync(fresh, root);
    const libraries = join(root, 'usr/lib');
    const [triplet = ''] = existsSync(libraries)
      ? readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu'))
      : [];
    mkdirSync(serversFolder, { recursive: true });
    const [place = folder] = globSync(folder, { cwd: root });
    const environment = `LD_LIBRARY_PATH='${join(libraries, triplet)}'`;
    for (const program of programs) {
      const script = join(serversFolder, program);
      const start = `#!/bin/sh\n${environment} exec '${join(root, place, program)}' "$@"\n`;
      writeFileSync(script, start);
      chmodSync(script, 0o755);
    }
    for (const program of programs) {
      const { status, stderr } = spawnSync(join(serversFolder, program), [version], { encoding: 'utf8' }); // prettier-ignore
      if (status === 0) continue;
      for (const one of programs) rmSync(join(serversFolder, one));
      return stderr.trim();
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

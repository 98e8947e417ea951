/**
 * Servers that tests start for themselves. Debian's packages would start them as services, so those are
 * only unpacked, into the project's own folder: nothing is installed, and no root is needed.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each is Debian's package, too. */
const servers = ['nginx', 'haproxy'] as const;

/** Where they can be run once they are unpacked. */
export const serversFolder = fileURLToPath(new URL('../../.retained/servers/run', import.meta.url));

/** Unpacks each that `isThere` does not know. Returns why, by server, if it can't. */
export function unpackServers(isThere: (server: string) => boolean): Map<string, string> {
  const faults = new Map<string, string>();
  for (const server of servers) {
    if (isThere(server)) continue;
    const fault = unpack(server);
    if (fault !== undefined) faults.set(server, fault);
  }
  return faults;
}

function unpack(server: string): string | undefined {
  const root = join(serversFolder, '..', server);
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
    const plan = run('apt-get', 'install', '--simulate', '--no-install-recommends', server);
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name!);
    // The user of its own for downloads may not write here.
    run('apt-get', '-qq', '-o', 'APT::Sandbox::User=', 'download', ...names);
    for (const name of readdirSync(fresh)) run('dpkg-deb', '--extract', name, '.');
    rmSync(root, { recursive: true, force: true });
    renameSync(fresh, root);
    const libraries = join(root, 'usr/lib');
    const [triplet = ''] = existsSync(libraries)
      ? readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu'))
      : [];
    mkdirSync(serversFolder, { recursive: true });
    const script = join(serversFolder, server);
    const environment = `LD_LIBRARY_PATH='${join(libraries, triplet)}'`;
    const start = `#!/bin/sh\n${environment} exec '${join(root, 'usr/sbin', server)}' "$@"\n`;
    writeFileSync(script, start);
    chmodSync(script, 0o755);
    const { status, stderr } = spawnSync(script, ['-v'], { encoding: 'utf8' });
    if (status === 0) return undefined;
    rmSync(script);
    return stderr.trim();
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** A real PostgreSQL for tests: in a folder of its own, on a port of its own (`npm test` installs it). */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './differential/free-ports.ts';

const versions = '/usr/lib/postgresql';
/** The folder of the newest one's programs; undefined if this machine has none. */
export const postgres: string | undefined = (existsSync(versions) ? readdirSync(versions) : [])
  .sort((a, b) => Number(b) - Number(a))
  .map((version) => join(versions, version, 'bin'))
  .find((folder) => existsSync(join(folder, 'initdb')));

const password = 'p@ss/word';

export interface Postgres {
  port: number;
  /** Of a new database. */
  url(): string;
  /** With SIGKILL, as a power failure; resolves when it is gone. */
  kill(): Promise<void>;
  /** On the same port and data. */
  begin(): Promise<void>;
  /** What psql prints, without titles. */
  sql(text: string, database?: string): string;
  end(): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
function user(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function startPostgres(): Promise<Postgres> {
  const own = user();
  const folder = await mkdtemp(join(tmpdir(), 'retained-postgres-'));
  if (own.uid !== undefined) chownSync(folder, own.uid, own.gid!);
  const data = join(folder, 'data');
  const port = await freePort();
  const run = (program: string, args: string[], input = ''): string => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'C', PGPASSWORD: password };
    const options = { ...own, cwd: folder, encoding: 'utf8', input, env, timeout: 60_000 } as const;
    const { status, stdout, stderr } = spawnSync(join(postgres!, program), args, options);
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout;
  };
  const secret = join(folder, 'password');
  await writeFile(secret, `${password}\n`);
  run('initdb', ['-D', data, '-U', 'course', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-locale', '-N']); // prettier-ignore
  let child: ChildProcess;
  let databases = 0;
  const sql = (text: string, database = 'postgres'): string =>
    run('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'course', '-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database], text); // prettier-ignore
  const server: Postgres = {
    port,
    sql,
    url() {
      const name = `course${++databases}`;
      sql(`CREATE DATABASE ${name}`);
      return `postgres://course:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Its processes notice; the new one waits until they are gone.
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    async begin() {
      // fsync stays on: what a kill leaves is what the system has.
      const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=60']; // prettier-ignore
      for (;;) {
        child = spawn(join(postgres!, 'postgres'), args, { ...own, cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] }); // prettier-ignore
        const { exitCode } = child;
        while (exitCode === null && child.exitCode === null) {
          const ready = spawnSync(join(postgres!, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]); // prettier-ignore
          if (ready.status === 0) return;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT');
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true });
    },
  };
  await server.begin();
  return server;
}

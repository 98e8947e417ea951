/** A real PostgreSQL for tests: in a folder of its own, on a port of its own (`npm test` unpacks it). */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { which } from '../../scripts/test/system.ts';
import { freePort } from './differential/free-ports.ts';

/** PostgreSQL refuses to run as root: then it is its own user's, or nobody's. */
function user(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
    if (id('-u').status === 0) return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) }; // prettier-ignore
  }
  return {};
}
const own = user();
const programs = ['initdb', 'postgres', 'psql', 'pg_isready'] as const;
const paths = new Map(programs.map((name) => [name, which(name)]));
const pathOf = (name: (typeof programs)[number]): string => paths.get(name)!;
/** Whether this machine has one that this user may start. */
export const hasPostgres = programs.every(
  (name) =>
    paths.get(name) && spawnSync(pathOf(name), ['--version'], { ...own, cwd: '/' }).status === 0,
);

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

export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-postgres-'));
  if (own.uid !== undefined) chownSync(folder, own.uid, own.gid!);
  const data = join(folder, 'data');
  const port = await freePort();
  const run = (program: (typeof programs)[number], args: string[], input = ''): string => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'C', PGPASSWORD: password };
    const options = { ...own, cwd: folder, encoding: 'utf8', input, env, timeout: 60_000 } as const;
    const { status, stdout, stderr } = spawnSync(pathOf(program), args, options);
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
      for (let tries = 0; tries < 100; tries++) {
        child = spawn(pathOf('postgres'), args, { ...own, cwd: folder, stdio: 'ignore' });
        // After a kill the processes of the former one have to end first: until then it refuses.
        while (child.exitCode === null) {
          const ready = spawnSync(pathOf('pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]);
          if (ready.status === 0) return;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('PostgreSQL does not start.');
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

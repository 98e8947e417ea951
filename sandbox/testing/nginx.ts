/** nginx in front of a server of a test: `npm test` unpacks it (`scripts/test/servers.ts`). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { which } from '../../scripts/test/system.ts';
import { freePort } from './differential/free-ports.ts';

/** Its path; undefined if this machine has none. */
export const nginx = which('nginx');

export interface RunningNginx {
  /** Of 127.0.0.1. */
  port: number;
  end(): Promise<void>;
}

/**
 * @param inServer what stands in its one `server { … }`, without `listen`
 * @param inHttp what stands beside it
 * @throws Error with what it printed, if it does not listen
 */
export async function startNginx(inServer: string, inHttp = ''): Promise<RunningNginx> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const conf = join(folder, 'nginx.conf');
  await writeFile(
    conf,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      ${inHttp}
      server { listen 127.0.0.1:${port}; ${inServer} }
    }`,
  );
  const child = spawn(nginx!, ['-c', conf, '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (text: Buffer) => (words += String(text)));
  const ended = once(child, 'exit');
  const end = async (): Promise<void> => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true });
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${words}`);
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return { port, end };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

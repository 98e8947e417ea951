/** HAProxy before servers of a test: `npm test` unpacks it (`scripts/test/servers.ts`). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { which } from '../../scripts/test/system.ts';

/** Its path; undefined if this machine has none. */
export const haproxy = which('haproxy');

/**
 * Resolves with how to end it, once `port` of 127.0.0.1 is open.
 * @throws Error with what it printed, if it ends before
 */
export async function startHaproxy(text: string, port: number): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-haproxy-'));
  const conf = join(folder, 'haproxy.cfg');
  await writeFile(conf, text);
  const child = spawn(haproxy!, ['-f', conf, '-db'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (some: Buffer) => (words += String(some)));
  const ended = once(child, 'exit');
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  };
  for (;;) {
    if (child.exitCode !== null) {
      await end();
      throw new Error(`haproxy ended: ${words}`);
    }
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return end;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

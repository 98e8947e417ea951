/** A real program of the learner's own machine, as a process that reaches the room over TCP. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pahoPython } from '../../test/paho.ts';
import type { RoomUnderTest } from '../rooms/room-under-test.ts';
import type { RunContext, Runner } from './runner.ts';

export const isOutside = (name: string): boolean =>
  name !== 'terminal.sh' && /\.(sh|py)$/.test(name);

const interpreterOf = (name: string): string | undefined =>
  name.endsWith('.py') ? pahoPython() : '/bin/sh';

/** Whether this machine has what the program needs. */
export const hasInterpreter = (name: string): boolean => interpreterOf(name) !== undefined;

/**
 * `HOST`, `PORT` and `ROOM` (the room's address, which is the user name) stand in the environment.
 */
export function runOutsideProgram(
  name: string,
  program: string,
  { log, signal, tcp }: RunContext & { tcp: NonNullable<RoomUnderTest['tcp']> },
): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'retained-outside-'));
  const path = join(folder, name);
  writeFileSync(path, program);
  const child = spawn(interpreterOf(name)!, [path], {
    cwd: folder,
    // A group of its own, so that Ctrl-C reaches what a shell started, too.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      HOST: tcp.host,
      PORT: String(tcp.port),
      ROOM: tcp.address,
      PYTHONUNBUFFERED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const kill = (by: NodeJS.Signals) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, by);
  };
  const cut = () => kill('SIGKILL');
  signal.addEventListener('abort', cut, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => log(`${name}: ${text.trimEnd()}`));
  }
  child.once('error', (error) => log(`${name}: ${error.message}`));
  child.once('close', () => {
    signal.removeEventListener('abort', cut);
    rmSync(folder, { recursive: true, force: true });
    resolve();
  });
  return { done, stop: () => kill('SIGINT') };
}

/** The processes of a row: start, request, end; and their CPU and memory as the system reports them. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { nodeFlags } from '../../scripts/host/supervise.mjs';
import type { AskSeen, Seen } from './messages.ts';

export interface Child {
  readonly process: ChildProcess;
  /** Null while it runs; then the code or signal that ended it. */
  ended(): string | null;
  /** The end of standard error. */
  words(): string;
}

/**
 * @param niceness below 0: before other programs of this machine, if the user may set it. A real
 *   attacker has its own machine, and does not slow down the server's.
 */
export function child(file: string, args: string[], niceness: number): Child {
  const process = fork(new URL(file, import.meta.url), args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Those of the course: one process in a row is it.
    execArgv: ['--disable-warning=ExperimentalWarning', ...nodeFlags],
    // Its own session: Linux divides the cores among sessions first (sched(7), autogroup).
    detached: niceness < 0,
  });
  let why: string | null = null;
  let words = '';
  process.on('exit', (code, signal) => (why = signal ?? `exit ${code}`));
  process.on('error', () => {});
  process.stderr?.on('data', (text: Buffer) => (words = (words + String(text)).slice(-2000)));
  if (niceness < 0) favour(process.pid!, niceness);
  return { process, ended: () => why, words: () => words };
}

function favour(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Not allowed for ordinary users, and missing on some systems.
  }
}

/** Resolves with the process's first message; rejects if it ends before. */
export async function firstMessage<T>({ process, words }: Child): Promise<T> {
  const ended = once(process, 'exit').then(() => {
    throw new Error(`a process ended at its start: ${words()}`);
  });
  return ((await Promise.race([once(process, 'message'), ended])) as [T])[0];
}

export async function seenBy({ process, ended }: Child): Promise<Seen> {
  if (ended() !== null) throw new Error(`one who behaves ended: ${ended()}`);
  process.send({ ask: 'seen' } satisfies AskSeen);
  return ((await once(process, 'message')) as [Seen])[0];
}

export async function end({ process, ended }: Child): Promise<void> {
  if (ended() !== null) return;
  process.kill('SIGKILL');
  await once(process, 'exit');
}

/** Resident bytes; 0 if the process has ended. */
export function residentBytes({ process }: Child): number {
  try {
    const pages = readFileSync(`/proc/${process.pid}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}

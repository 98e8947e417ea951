/**
 * Starts the course in a process of its own, and again if it ends by an error of its own. What classes did is
 * stored; rooms are lost. systemd and Docker do the same (`--restart no`).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { nodeFlags } from '../../sandbox/server/node-flags.ts';

/** An error that the course did not expect (EX_SOFTWARE of sysexits.h). */
export const CRASHED = 70;
/** Set for the process that serves. */
const MARK = 'RETAINED_SUPERVISED';
/** So many crashes in so many milliseconds: the next one would come as well. */
const most = { crashes: 5, ms: 10 * 60_000 };

export const isSupervised = (environment: NodeJS.ProcessEnv): boolean => environment[MARK] === '1';

/** What the serving process tells: the ports, so that the next one has the same. */
export interface Opened {
  port: number;
  mqttPort: number;
  tlsPort: number | null;
}

/** In the process that serves. Without the one above it nobody would end it. */
export function tellSupervisor(opened: Opened, stop: () => void): void {
  if (!process.send) return;
  process.send(opened);
  process.once('disconnect', stop);
  // The channel alone keeps no process alive.
  process.channel?.unref();
}

/** Flags for the next process: the last of two wins. */
export const nextFlags = (args: readonly string[], opened: Opened | undefined): string[] => [
  // The browser is open already.
  ...args.filter((arg) => arg !== '--browser'),
  ...(opened ? ['--port', String(opened.port), '--mqtt-port', String(opened.mqttPort)] : []),
  ...(opened?.tlsPort ? ['--tls-port', String(opened.tlsPort)] : []),
];

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * @param script what this process was started with
 * @param say for lines to the host
 * @returns the exit code
 */
export async function supervise(
  script: string,
  args: readonly string[],
  say: (line: string) => void,
  pauseMs = 1000,
): Promise<number> {
  let child: ChildProcess | undefined;
  let isEnding = false;
  const pass = (signal: NodeJS.Signals): void => {
    isEnding = true;
    // Ctrl-C goes to every process of the terminal by itself; a second signal does no harm.
    child?.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  const crashes: number[] = [];
  let opened: Opened | undefined;
  try {
    for (;;) {
      child = spawn(process.execPath, [...process.execArgv, ...nodeFlags, script, ...(crashes.length > 0 ? nextFlags(args, opened) : args)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, [MARK]: '1' } }); // prettier-ignore
      child.on('message', (message) => void (opened = message as Opened));
      const [code, signal] = await ended(child);
      // Killed by nobody here: the system's memory was used up, or Node itself has failed.
      const crashed = code === CRASHED || (signal !== null && !isEnding);
      if (!crashed || isEnding) return code ?? 1;
      const now = Date.now();
      crashes.push(now);
      const recent = crashes.filter((at) => now - at < most.ms);
      if (recent.length >= most.crashes) {
        say(`The course ended ${recent.length} times in ${most.ms / 60_000} minutes, so it is not started again. Please report the lines above.`); // prettier-ignore
        return CRASHED;
      }
      say(`The course is started again (${code === CRASHED ? 'an error of its own' : signal}).`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (isEnding) return 0;
    }
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}

const ended = (child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> =>
  new Promise((resolve) => {
    child.once('error', () => resolve([1, null]));
    child.once('exit', (code, signal) => resolve([code, signal]));
  });

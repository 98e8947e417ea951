// Starts the course in a process of its own, and again if it ends by an error of its own. What classes did is
// stored; rooms are lost. systemd and Docker do the same (`--restart no`).
// Plain JavaScript that imports nothing of the course: this process does nothing but wait, for weeks.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** An error that the course did not expect (EX_SOFTWARE of sysexits.h). */
export const CRASHED = 70;
/**
 * Flags of Node for the process of the course. V8's young generation grows to three times this many
 * megabytes, whatever lives in it: a flood of short-lived buffers would cost a hundred megabytes more.
 */
export const nodeFlags = ['--max-semi-space-size=8'];
/** Set for the process that serves: `first`, or `again` after a crash. */
const MARK = 'RETAINED_SUPERVISED';
/** So many crashes in so many milliseconds: the next one would come as well. */
const most = { crashes: 5, ms: 10 * 60_000 };
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * What the serving process tells: the ports, so that the next one has the same.
 * @typedef {{ port: number, mqttPort: number, tlsPort: number | null }} Opened
 */

/** @param {NodeJS.ProcessEnv} environment */
export const isSupervised = (environment) => environment[MARK] !== undefined;
/** @param {NodeJS.ProcessEnv} environment */
export const isStartedAgain = (environment) => environment[MARK] === 'again';

/**
 * The last value of an option; `scripts/options.ts` reads them all, in the process that serves.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} name
 */
function valueOf(args, environment, name) {
  const flag = `--${name}`;
  const values = args.flatMap((arg, n) => {
    if (arg.startsWith(`${flag}=`)) return [arg.slice(flag.length + 1)];
    return arg === flag ? [args[n + 1] ?? ''] : [];
  });
  return values.at(-1) ?? environment[`RETAINED_${name.toUpperCase()}`];
}

/**
 * Whether the course is to be started in a process of its own: not for a task (`retained doctor`), nor where systemd
 * or Docker start it again.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 */
export const wantsSupervisor = (args, environment) =>
  !isSupervised(environment) &&
  (args[0] ?? '-').startsWith('-') &&
  !args.some((arg) => ['--help', '-h', '--version', '-v'].includes(arg)) &&
  valueOf(args, environment, 'restart') !== 'no';

/**
 * In the process that serves. Without the one above it nobody would end it.
 * @param {Opened} opened
 * @param {() => void} stop
 */
export function tellSupervisor(opened, stop) {
  if (!process.send) return;
  process.send(opened);
  process.once('disconnect', stop);
  // The channel alone keeps no process alive.
  process.channel?.unref();
}

/**
 * Flags for the next process: the last of two wins.
 * @param {readonly string[]} args
 * @param {Opened | undefined} opened
 */
export const nextFlags = (args, opened) => [
  // The browser is open already.
  ...args.filter((arg) => arg !== '--browser'),
  ...(opened ? ['--port', String(opened.port), '--mqtt-port', String(opened.mqttPort)] : []),
  ...(opened?.tlsPort ? ['--tls-port', String(opened.tlsPort)] : []),
];

/**
 * As `sandbox/shared/log.ts` writes a warning.
 * @param {string} text
 * @param {boolean} isJson
 */
function warn(text, isJson) {
  if (!isJson) return console.warn(text);
  const entry = { time: new Date().toISOString(), level: 'warn', event: 'restart', text };
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}

/**
 * @param {string} script what the serving process is started with
 * @param {readonly string[]} args
 * @param {{ say?: (line: string) => void, pauseMs?: number }} [options] `say`: for lines to the host
 * @returns {Promise<number>} the exit code
 */
export async function supervise(script, args, options = {}) {
  const isJson = valueOf(args, process.env, 'log') === 'json';
  const { say = (text) => warn(text, isJson), pauseMs = 1000 } = options;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let isEnding = false;
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    isEnding = true;
    // Ctrl-C goes to every process of the terminal by itself; a second signal does no harm.
    child?.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  /** @type {number[]} */
  const crashes = [];
  /** @type {Opened | undefined} */
  let opened;
  try {
    for (;;) {
      const own = crashes.length > 0 ? nextFlags(args, opened) : args;
      child = spawn(process.execPath, [...process.execArgv, ...nodeFlags, script, ...own], {
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, [MARK]: crashes.length > 0 ? 'again' : 'first' },
      });
      child.on('message', (message) => void (opened = /** @type {Opened} */ (message)));
      const [code, signal] = await ended(child);
      // Killed by nobody here: the system's memory was used up, or Node itself has failed.
      const crashed = code === CRASHED || (signal !== null && !isEnding);
      if (!crashed || isEnding) return code ?? 1;
      // A clock that never jumps.
      const now = performance.now();
      crashes.push(now);
      const recent = crashes.filter((at) => now - at < most.ms);
      if (recent.length >= most.crashes) {
        say(
          `The course ended ${recent.length} times in ${most.ms / 60_000} minutes, so it is not started again. Please report the lines above.`,
        );
        return CRASHED;
      }
      say(`The course is started again (${code === CRASHED ? 'an error of its own' : signal}).`);
      await sleep(pauseMs);
      if (isEnding) return 0;
    }
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<[number | null, NodeJS.Signals | null]>}
 */
const ended = (child) =>
  new Promise((resolve) => {
    child.once('error', () => resolve([1, null]));
    child.once('exit', (code, signal) => resolve([code, signal]));
  });

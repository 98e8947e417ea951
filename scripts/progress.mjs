// Plain JavaScript: set-up runs it with whatever Node the machine has.
import { spawn } from 'node:child_process';

/** Seconds between two lines of progress where the output is not a terminal. */
const QUIET_SECONDS = 10;

/**
 * Says what is being done for as long as it takes more than a second.
 * @param {string} title what is being done, e.g. `Building the pages`
 * @param {() => string} [detail] how far it is, asked anew each time
 * @returns {(outcome?: string) => void} call it once when it is over
 */
export function progress(title, detail = () => '') {
  const began = Date.now();
  const terminal = process.stdout.isTTY;
  let lastLine = 0;
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const line = () => [title, '…', detail(), `${seconds()} s`].filter(Boolean).join(' ');
  const timer = setInterval(() => {
    if (terminal) process.stdout.write(`\r\x1b[K${line()}`);
    else if (lastLine === 0 || seconds() - lastLine >= QUIET_SECONDS) {
      lastLine = seconds();
      console.log(line());
    }
  }, 1000);
  timer.unref();
  return (outcome = 'done') => {
    clearInterval(timer);
    const took = Date.now() - began;
    if (terminal) process.stdout.write('\r\x1b[K');
    if (took > 1000 || outcome !== 'done') console.log(`${title}: ${outcome}, ${seconds()} s`);
  };
}

/** Children to end on a signal; without any, other listeners decide. */
const running = new Map();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
function endAll(signal) {
  for (const [child, by] of running) child.kill(by ?? signal);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

/**
 * Sees to it that a child doesn't outlive this process.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} [by] the signal that ends it; else the one that this process got
 */
export function endWithUs(child, by) {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  running.set(child, by);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endAll);
  });
}

/**
 * Runs a program with progress; its output is shown only if it fails.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { detail?: () => string, endBy?: NodeJS.Signals }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 if the program could not start
 */
export function runQuietly(title, command, args, { detail, endBy, ...options } = {}) {
  const stop = progress(title, detail);
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithUs(child, endBy);
  let output = '';
  const keep = (chunk) => (output += chunk);
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  return new Promise((resolve) => {
    const finish = (code) => {
      stop(code === 0 ? 'done' : 'failed');
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

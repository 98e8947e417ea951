// The processes above us: a server that npm started must not outlive it.
import { readFileSync } from 'node:fs';

/** How often is looked. */
const lookMs = 500;

/**
 * The parent of a process; 0 if the system doesn't say.
 * @param {number} pid
 */
function parentOf(pid) {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const above = () => [process.ppid, parentOf(process.ppid)].join();
/** As this process began: whoever ends while the server starts is missed, too. */
const begun = above();

/**
 * Calls `stop` once the process that started us has ended. npm puts a shell between: a signal to npm
 * ends the shell or nothing but npm, and never reaches us. Does nothing if npm did not start us, and on
 * Windows, where a parent's end cannot be detected.
 * @param {() => void} stop
 */
export function stopWithNpm(stop, environment = process.env) {
  if (environment['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const timer = setInterval(() => {
    if (above() === begun) return;
    clearInterval(timer);
    stop();
  }, lookMs);
  timer.unref();
}

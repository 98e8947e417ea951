/**
 * Detects that the TypeScript worker is stuck in a check: a program can have types whose check
 * never ends.
 */

const TICK_MS = 250;
/** A check of the course's programs takes a tenth of this. */
const LIMIT_TICKS = 8;
/** The first check reads the libraries, too. */
const FIRST_LIMIT_TICKS = 24;
/** After so many responses in a row the first check is over. */
const SETTLED = 12;

/**
 * Pings the worker over a separate port (`compile/worker.ts`); it responds between two tasks.
 * Counted in ticks of the page: while the page itself is blocked, nothing is concluded.
 */
export function watchWorker(worker: Worker, stuck: () => void): Worker {
  const { port1: port, port2: far } = new MessageChannel();
  let answers = 0;
  let waited: number | undefined;
  port.onmessage = () => {
    answers += 1;
    waited = undefined;
  };
  const timer = setInterval(() => {
    if (waited === undefined) {
      waited = 0;
      port.postMessage(null);
      return;
    }
    waited += 1;
    // Before the first response it is still loading.
    if (answers === 0 || waited < (answers < SETTLED ? FIRST_LIMIT_TICKS : LIMIT_TICKS)) return;
    end();
    stuck();
  }, TICK_MS);
  const end = (): void => {
    clearInterval(timer);
    port.close();
  };
  worker.postMessage({ type: 'retained:watch' }, [far]);
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => {
    end();
    terminate();
  };
  return worker;
}

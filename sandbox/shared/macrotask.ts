/** The next turn of the event loop, wherever this runs: behind all microtasks, before timers that wait. */
export type Work = () => void;

/** A browser has no setImmediate, and delays nested timers by 4 ms; messages are not delayed. */
function byMessage(): (work: Work) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: Work[] = [];
  // One message for each: work that throws does not stop other work.
  port1.onmessage = () => waiting.shift()!();
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}

export const macrotask: (work: Work) => unknown =
  (globalThis as { setImmediate?: (work: Work) => unknown }).setImmediate ?? byMessage();

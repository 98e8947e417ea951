import type { WorkerOptions } from './worker-room.ts';

/**
 * Loads the files of a room in the page, for the case that the server is gone when it is wanted: their
 * names change with their content, so the browser keeps them. The worker ends when it has them.
 */
export function loadSpareRoom({ exercise, createWorker }: WorkerOptions): void {
  const worker = createWorker();
  worker.onmessage = worker.onerror = () => worker.terminate();
  worker.postMessage({ type: 'load', exercise }, []);
}

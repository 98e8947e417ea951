/** Runs in the page, before anything of it: the longest time in which the page did nothing. */

export interface Frozen {
  /** Milliseconds between two turns of a timer of 10 ms, and between two frames, at most. */
  timer: number;
  frame: number;
  /** When a run was over, as `Date.now()` says it. */
  over?: number;
}
declare global {
  interface Window {
    frozen: Frozen;
  }
}

export function probe(): void {
  if (top !== window) return;
  const frozen: Frozen = { timer: 0, frame: 0 };
  window.frozen = frozen;
  let hasRun = false;
  let turn = performance.now();
  setInterval(() => {
    const now = performance.now();
    frozen.timer = Math.max(frozen.timer, now - turn);
    turn = now;
    const state = document.querySelector<HTMLElement>('.wb-state')?.dataset['state'];
    const isRunning = state === 'running' || state === 'busy';
    hasRun ||= isRunning;
    if (hasRun && !isRunning) frozen.over ??= Date.now();
  }, 10);
  let frame = performance.now();
  const next = (): void => {
    const now = performance.now();
    frozen.frame = Math.max(frozen.frame, now - frame);
    frame = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

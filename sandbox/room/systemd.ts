/** How Debian's systemd treats the broker's service: what it starts again, and when it gives up. */

/** StartLimitBurst and StartLimitIntervalSec of systemd-system.conf(5). */
const startLimit = { starts: 5, ms: 10_000 };
/** RestartSec: with `Restart=on-failure` a process that a signal has killed is started again. */
export const restartMs = 100;

export class StartLimit {
  #starts: number[] = [];

  /** Counts a start. Returns false if there were too many of late. */
  tryStart(): boolean {
    const now = performance.now();
    this.#starts = this.#starts.filter((at) => now - at < startLimit.ms);
    if (this.#starts.length >= startLimit.starts) return false;
    this.#starts.push(now);
    return true;
  }
}

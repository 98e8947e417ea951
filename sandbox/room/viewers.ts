/** The viewers of a room, and the messages that they receive besides the trace. */
import type { WatchMessage } from '../protocol/api.ts';
import type { CheckResult } from '../protocol/exercise.ts';
import type { MosquittoVersion } from '../protocol/mosquitto.ts';
import type { Trace } from './trace.ts';
import type { Turns } from '../shared/turns.ts';
import { comeBackMs } from './come-back.ts';
import { ViewerCursor, type Viewer } from './viewer-cursor.ts';

/** Results of an exercise's checks. */
export interface Checked {
  /** Number of the newest entry that they were computed from. */
  last: number;
  results: CheckResult[];
}

/** The parts of a room that its viewers read. */
export interface Watched {
  readonly trace: Trace;
  /** Counts resets. */
  readonly run: number;
  /** Which Mosquitto it is. */
  readonly mosquitto: MosquittoVersion;
  /** How the broker took its files; null for a room without. */
  readonly files: WatchMessage | null;
  /** As they were last sent. */
  readonly checks: Checked;
}

export class Viewers {
  readonly #room: Watched;
  readonly #most: number;
  readonly #batchMs: number;
  readonly #all = new Set<ViewerCursor>();

  constructor(room: Watched, most: number, batchMs: number) {
    this.#room = room;
    this.#most = most;
    this.#batchMs = batchMs;
  }

  /** Those of the newest viewer: what is done for all of them is done in its turns. */
  get turns(): Turns | undefined {
    return [...this.#all].at(-1)?.viewer.turns;
  }

  get size(): number {
    return this.#all.size;
  }

  /** The viewer gets everything from entry `n` of `run` on, or from the beginning of a later run. */
  open(viewer: Viewer, from: { run: number; n: number }): { close(): void } {
    const room = this.#room;
    const { trace, run, mosquitto, files, checks } = room;
    const next = from.run === run ? Math.max(1, from.n) : 1;
    const watch = new ViewerCursor(viewer, {
      trace,
      run: () => room.run,
      batchMs: this.#batchMs,
      from: next,
    });
    if (!viewer.isCast) this.#makePlace();
    this.#all.add(watch);
    const missing = Math.max(0, trace.first - next);
    viewer.message({ type: 'welcome', run, missing, mosquitto });
    if (files) viewer.message(files);
    watch.flush();
    if (checks.results.length > 0) viewer.message({ type: 'checks', run, ...checks });
    return {
      close: () => {
        this.#all.delete(watch);
        watch.close();
      },
    };
  }

  /** The newest page wins: the oldest is most likely a reload's forgotten half. */
  #makePlace(): void {
    const pages = [...this.#all].filter((one) => !one.viewer.isCast);
    if (pages.length < this.#most) return;
    const oldest = pages[0]!;
    this.#all.delete(oldest);
    oldest.close();
    oldest.viewer.message({ type: 'closing', reason: 'replaced' });
  }

  /** A new run has begun. */
  restart(): void {
    for (const watch of this.#all) watch.restart();
    const { run, mosquitto } = this.#room;
    this.send({ type: 'reset', run, mosquitto });
  }

  send(message: WatchMessage): void {
    for (const { viewer } of this.#all) viewer.message(message);
  }

  /** The trace has new entries. */
  wake(): void {
    for (const watch of this.#all) watch.wake();
  }

  close(reason: 'expired' | 'stopping'): void {
    const later = reason === 'stopping' ? { afterMs: comeBackMs } : {};
    this.send({ type: 'closing', reason, ...later });
    for (const watch of this.#all) watch.close();
    this.#all.clear();
  }
}

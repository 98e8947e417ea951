/** Receivers of a room's events: viewers, observers, and the checks, whose results go to both. */
import { evaluate } from '../checks/evaluate.ts';
import { CheckRunner } from '../checks/runner.ts';
import type { WatchMessage } from '../protocol/api.ts';
import type { CheckResult, Exercise, FileProblem } from '../protocol/exercise.ts';
import type { MosquittoVersion } from '../protocol/mosquitto.ts';
import type { BrokerState } from '../protocol/state.ts';
import { Observers, type RoomEnd, type RoomObserver } from './observer.ts';
import { atOnce } from '../shared/turns.ts';
import type { Trace } from './trace.ts';
import type { Viewer } from './viewer-cursor.ts';
import { type Checked, Viewers } from './viewers.ts';

/** The parts of a room that they read. */
export interface ObservedRoom {
  readonly trace: Trace;
  /** Counts resets. */
  readonly run: number;
  /** Which Mosquitto the room is in this run. */
  readonly mosquitto: MosquittoVersion;
  /** How the broker took its files; null for a room without. */
  readonly configured: { started: boolean; problems: readonly FileProblem[] } | null;
  readonly state: BrokerState;
}

export interface AudienceOptions {
  exercise: Exercise | undefined;
  /** Viewers at once; the oldest makes place for one more. */
  viewers: number;
  batchMs: number;
}

const nothingChecked: Checked = { last: 0, results: [] };

export class Audience {
  readonly #room: ObservedRoom;
  readonly #exercise: Exercise | undefined;
  readonly #viewers: Viewers;
  readonly #observers: Observers;
  readonly #checks: CheckRunner;
  /** The results that viewers have: an observer may store something first. */
  #told: Checked = nothingChecked;
  #storing: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(room: ObservedRoom, { exercise, viewers, batchMs }: AudienceOptions) {
    this.#room = room;
    this.#exercise = exercise;
    this.#checks = new CheckRunner(
      (work) => (this.#viewers.turns ?? atOnce).run(work),
      () => this.results(),
      (results) => this.#tell(results),
    );
    const watched = <Checks>(checks: () => Checks) => ({
      trace: room.trace,
      get run() {
        return room.run;
      },
      get mosquitto() {
        return room.mosquitto;
      },
      get files() {
        return filesMessage(room);
      },
      get checks() {
        return checks();
      },
    });
    this.#viewers = new Viewers(
      watched(() => this.#told),
      viewers,
      batchMs,
    );
    this.#observers = new Observers(
      watched(() => this.#checks.results),
      batchMs,
    );
  }

  get hasViewers(): boolean {
    return this.#viewers.size > 0;
  }

  /** The present results of the exercise's checks. */
  results(): CheckResult[] {
    const room = this.#room;
    if (!this.#exercise) return [];
    return evaluate(this.#exercise, {
      entries: room.trace.remembered(),
      now: room.trace.now,
      get state() {
        return room.state;
      },
    });
  }

  /** Observers first; viewers once everything is stored that observers store, in order. */
  #tell(results: CheckResult[]): void {
    const { run, trace } = this.#room;
    // They were computed just now.
    const checked = { last: trace.last, results };
    const stored = this.#observers.checked(results);
    const send = (): void => {
      // The run ended meanwhile.
      if (run !== this.#room.run) return;
      this.#told = checked;
      this.#viewers.send({ type: 'checks', run, ...checked });
    };
    if (!stored && this.#waiting === 0) return send();
    this.#waiting++;
    this.#storing = Promise.all([this.#storing, stored]).then(() => {
      this.#waiting--;
      send();
    });
  }

  /** The viewer gets everything from entry `n` of `run` on, or from the beginning of a later run. */
  watch(viewer: Viewer, from: { run: number; n: number }): { close(): void } {
    const watch = this.#viewers.open(viewer, from);
    this.wake();
    return { close: () => this.#left(watch) };
  }

  observe(observer: RoomObserver): { close(): void } {
    const observed = this.#observers.open(observer);
    this.wake();
    return { close: () => this.#left(observed) };
  }

  #left(one: { close(): void }): void {
    one.close();
    // Only checks ask for objects.
    if (this.#wantsChecks) return;
    this.#checks.rest();
    this.#room.trace.forgetObjects();
  }

  get #wantsChecks(): boolean {
    return this.#viewers.size > 0 || this.#observers.wantChecks;
  }

  /** There is something new in the trace or the broker's state. */
  wake(): void {
    if (this.#viewers.size + this.#observers.size === 0) return;
    this.#viewers.wake();
    this.#observers.wake();
    if (this.#exercise?.checks.length && this.#wantsChecks) this.#checks.wake();
  }

  /** Call before the trace of a run is cleared. */
  flush(): void {
    this.#observers.flush();
  }

  /** A new run has begun. */
  restart(): void {
    this.#checks.forget();
    this.#told = nothingChecked;
    this.#viewers.restart();
    this.#observers.restart();
  }

  /** The run's files have been read. */
  configured(): void {
    const message = filesMessage(this.#room);
    if (message) this.#viewers.send(message);
  }

  /** Viewers are closed first; `end` gives observers the entries of closing lines. */
  closeViewers(reason: RoomEnd): void {
    this.#viewers.close(reason);
  }

  end(reason: RoomEnd): void {
    this.#checks.close();
    this.#observers.end(reason);
  }
}

function filesMessage({ configured, run }: ObservedRoom): WatchMessage | null {
  if (!configured) return null;
  const { started, problems } = configured;
  return { type: 'files', run, started, problems: [...problems] };
}

/**
 * Observers of a room: parts of the server (a class, metrics) that receive its events and are no
 * viewers. An observer takes no viewer's place, and a room that nobody else uses ends although it
 * is observed: to keep a room, a client watches it or connects to it.
 */
import type { CheckResult } from '../protocol/exercise.ts';
import { decodeBatch } from '../protocol/trace-batch.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import type { Trace } from './trace.ts';
import { ViewerCursor } from './viewer-cursor.ts';
import { log } from '../shared/log.ts';

export type RoomEnd = 'expired' | 'stopping';

/**
 * The events that an observer wants; nothing is decoded or evaluated without an observer for it.
 */
export interface RoomObserver {
  /** In order and in batches, from the oldest entry that the room still has. */
  entries?(entries: readonly TraceEntry[], run: number): void;
  /** This many entries were overwritten before they were reported. */
  missing?(count: number, run: number): void;
  /**
   * The exercise's checks, whenever a result is different: they are evaluated also with no viewer.
   * Viewers receive the results after the promise, if there is one.
   */
  checks?(results: readonly CheckResult[], run: number): Promise<void> | void;
  /** A new run has begun. */
  reset?(run: number): void;
  /** The last event. */
  ended?(reason: RoomEnd): void;
}

/** The parts of a room that observers read. */
export interface Observed {
  readonly trace: Trace;
  readonly run: number;
  /** As they were last reported. */
  readonly checks: readonly CheckResult[];
}

export class Observers {
  readonly #room: Observed;
  readonly #batchMs: number;
  readonly #all = new Map<RoomObserver, ViewerCursor | null>();

  constructor(room: Observed, batchMs: number) {
    this.#room = room;
    this.#batchMs = batchMs;
  }

  get size(): number {
    return this.#all.size;
  }

  get wantChecks(): boolean {
    for (const { checks } of this.#all.keys()) if (checks) return true;
    return false;
  }

  open(observer: RoomObserver): { close(): void } {
    const cursor = observer.entries || observer.missing ? this.#cursor(observer) : null;
    this.#all.set(observer, cursor);
    cursor?.wake();
    const { checks, run } = this.#room;
    if (checks.length > 0)
      guard(() => {
        void Promise.resolve(observer.checks?.(checks, run)).catch((error: unknown) =>
          log.error('observer-failed', error),
        );
      });
    return {
      close: () => {
        this.#all.delete(observer);
        cursor?.close();
      },
    };
  }

  #cursor(observer: RoomObserver): ViewerCursor {
    const room = this.#room;
    return new ViewerCursor(
      {
        binary: (batch) => guard(() => observer.entries?.(decodeBatch(batch), room.run)),
        message(message) {
          if (message.type === 'missing')
            guard(() => observer.missing?.(message.count, message.run));
        },
        unsent: () => 0,
      },
      { trace: room.trace, run: () => room.run, batchMs: this.#batchMs, from: 1 },
    );
  }

  /** The trace has new entries. */
  wake(): void {
    for (const cursor of this.#all.values()) cursor?.wake();
  }

  /** Called before the trace of a run is cleared. */
  flush(): void {
    for (const cursor of this.#all.values()) cursor?.flush();
  }

  restart(): void {
    for (const [observer, cursor] of this.#all) {
      cursor?.restart();
      guard(() => observer.reset?.(this.#room.run));
    }
  }

  /** Resolves when every observer that stores something is done; undefined if none does. */
  checked(results: readonly CheckResult[]): Promise<unknown> | undefined {
    const stored: Promise<void>[] = [];
    for (const observer of this.#all.keys())
      guard(() => {
        const promise = observer.checks?.(results, this.#room.run);
        if (promise) stored.push(promise);
      });
    return stored.length > 0 ? Promise.allSettled(stored) : undefined;
  }

  /** Reports the remaining entries, then the end. */
  end(reason: RoomEnd): void {
    this.flush();
    for (const [observer, cursor] of this.#all) {
      cursor?.close();
      guard(() => observer.ended?.(reason));
    }
    this.#all.clear();
  }
}

/** An error of an observer does not affect the room and its other observers. */
export function guard(notify: () => void): void {
  try {
    notify();
  } catch (error) {
    log.error('observer-failed', error);
  }
}

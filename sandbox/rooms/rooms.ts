/** All rooms of a server: code → room; made, found, expired and counted here. */
import { parseAddress, processOf, randomCode, randomKey, sameKey } from './address.ts';
import { defaults, limitValues, type LimitValues } from '../shared/config.ts';
import { log } from '../shared/log.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Exercise } from '../protocol/exercise.ts';
import { guard, type RoomEnd } from '../room/observer.ts';
import type { RoomRules } from '../room/room-broker.ts';
import type { RoomOptions } from '../room/room-options.ts';
import { Room } from '../room/room.ts';
import type { Tally } from '../room/tally.ts';
import { TracePool } from '../room/trace-pool.ts';

/** The source of exercises; the sandbox itself has none. */
export interface ExerciseSource {
  /** Null if there is no exercise of that name. */
  get(name: string): Promise<Exercise | null>;
}

/** The options that all rooms share. */
export type RoomsOptions = Pick<RoomOptions, 'engine'> &
  Partial<RoomOptions> & {
    /** The number of this process, from 1 to 99, if the course has several; it ends the code of each room. */
    process?: number;
  };

/** Called for every room of a server; each room can be observed in turn (`Room.observe`). */
export interface RoomsObserver {
  /** Also called for each room that exists already. `exercise`: null for a room without. */
  began?(room: Room, exercise: string | null): void;
  /** After the room's own observers. */
  ended?(room: Room, reason: RoomEnd): void;
}

/** A new room, for the client that made it. */
export interface RoomKeys {
  code: string;
  /** For MQTT clients; a learner may pass it on. */
  address: string;
  /** With the address: to watch, reset and disturb the room, and to be one of its devices. */
  watchKey: string;
}

interface Kept {
  room: Room;
  key: string;
  watchKey: string;
  exercise: string | null;
}

const sweepMs = 10_000;

export class Rooms {
  readonly limits: LimitValues;
  readonly #exercises: ExerciseSource;
  readonly #options: Omit<RoomsOptions, 'process'>;
  readonly #process: number | null;
  readonly #traces: TracePool;
  readonly #kept = new Map<string, Kept>();
  readonly #observers = new Set<RoomsObserver>();
  readonly #sweeper: ReturnType<typeof setInterval>;
  /** The room of clients without an address; off unless the host enables it. */
  #open: Room | null = null;

  constructor(exercises: ExerciseSource, { process, ...options }: RoomsOptions) {
    this.limits = limitValues(options.limits);
    this.#exercises = exercises;
    this.#process = process ?? null;
    this.#traces = new TracePool(this.limits.traceBytesInAll);
    this.#options = { ...options, traces: this.#traces };
    this.#sweeper = setInterval(() => void this.sweep(), sweepMs);
    (this.#sweeper as { unref?(): void }).unref?.();
  }

  get size(): number {
    return this.#kept.size;
  }

  /** What all rooms have done so far. */
  get tally(): Tally {
    return this.#traces.tally;
  }

  get traceBytes(): number {
    return this.#traces.bytes;
  }

  /** The room for clients that name none. */
  get open(): Room | null {
    return this.#open;
  }

  observe(observer: RoomsObserver): { close(): void } {
    this.#observers.add(observer);
    for (const { room, exercise } of this.#kept.values())
      guard(() => observer.began?.(room, exercise));
    return { close: () => void this.#observers.delete(observer) };
  }

  #keep(kept: Kept): void {
    this.#kept.set(kept.room.code, kept);
    for (const observer of this.#observers) guard(() => observer.began?.(kept.room, kept.exercise));
  }

  /** Pages are told that the server has ended: they come back in a moment, and make a new room. */
  async end(room: Room): Promise<void> {
    if (this.#kept.get(room.code)?.room === room) await this.#end(room, 'stopping');
  }

  /** The server no longer has the room, at once. */
  async #end(room: Room, reason: RoomEnd): Promise<void> {
    this.#kept.delete(room.code);
    await room.close(reason);
    for (const observer of this.#observers) guard(() => observer.ended?.(room, reason));
  }

  /** A new room for `exercise`, with its address and watch key: the keys are returned only here. */
  async create(exerciseName: string): Promise<RoomKeys & { room: Room }> {
    const exercise = await this.#exercises.get(exerciseName);
    if (!exercise) throw new SandboxError('unknown-exercise');
    if (this.#kept.size >= this.limits.rooms) await this.sweep();
    if (this.#kept.size >= this.limits.rooms) this.#makePlace();
    const code = this.#freeCode();
    const room = new Room({ ...this.#options, code, exercise });
    const [key, watchKey] = [randomKey(), randomKey()];
    this.#keep({ room, key, watchKey, exercise: exerciseName });
    return { room, code, address: `${code}-${key}`, watchKey };
  }

  /** A room without an exercise under a code of the host's choice, for clients without an address. */
  openRoom(code: string, rules: RoomRules = {}): Room {
    const room = new Room({
      ...this.#options,
      code,
      maxLines: this.limits.linesPerClassRoom,
      rules: { maxKeepAlive: defaults.openRoomKeepAlive, ...rules },
    });
    this.#keep({ room, key: randomKey(), watchKey: randomKey(), exercise: null });
    this.#open = room;
    return room;
  }

  /**
   * The room at an address, or null: the same result for a wrong code and a wrong key. The caller
   * is about to connect, so the room counts as used.
   * @param watchKey from a page, null if it gave none; undefined for an MQTT client, which needs none
   */
  find(address: string, watchKey?: string | null): Room | null {
    const parts = parseAddress(address);
    const kept = parts && this.#kept.get(parts.code);
    // Compared also if there is no such room, so that the time does not reveal which codes exist.
    const same = sameKey(parts?.key ?? '', kept?.key ?? '0000000000');
    const mayWatch = sameKey(watchKey ?? '', kept?.watchKey ?? '0000000000');
    if (!kept || !same || (watchKey !== undefined && !mayWatch)) return null;
    kept.room.usedAt = performance.now();
    return kept.room;
  }

  /** Whether this is the address of a room that another process of the course has, or had. */
  isElsewhere(address: string): boolean {
    const parts = parseAddress(address);
    const number = parts && processOf(parts.code);
    return this.#process !== null && number !== null && number !== this.#process;
  }

  #freeCode(): string {
    if (this.#process !== null) return this.#numberedCode(this.#process);
    for (let tries = 0; tries < 20; tries++) {
      const code = randomCode();
      if (!this.#kept.has(code)) return code;
    }
    for (let n = 2; ; n++) {
      const code = `${randomCode()}-${n}`;
      if (!this.#kept.has(code)) return code;
    }
  }

  /** There are ten thousand pairs of words. @throws SandboxError if hardly one of them is free */
  #numberedCode(process: number): string {
    for (let tries = 0; tries < 1000; tries++) {
      const code = `${randomCode()}-${process}`;
      if (!this.#kept.has(code)) return code;
    }
    throw new SandboxError('server-full');
  }

  /** Rooms without a viewer or a client for more than so many milliseconds. */
  #idle(sinceMs: (room: Room) => number, now = performance.now()): Room[] {
    return [...this.#kept.values()]
      .map(({ room }) => room)
      .filter((room) => room !== this.#open && !room.busy && now - room.usedAt > sinceMs(room));
  }

  /** Ends an idle room: a room that was never used before a used one, the longest idle first. */
  #makePlace(): void {
    const [spare] = this.#idle(() => this.limits.spareRoomMs).sort(
      (a, b) => Number(a.wasUsed) - Number(b.wasUsed) || a.usedAt - b.usedAt,
    );
    if (!spare) throw new SandboxError('server-full');
    this.#end(spare, 'expired').catch((error: unknown) => log.error('room-end-failed', error));
  }

  /** Ends half of the idle rooms, those with the largest traces: the process is short of memory. */
  async relieve(): Promise<void> {
    const idle = this.#idle(() => 0).sort((a, b) => b.trace.bytes - a.trace.bytes);
    const ends = idle.slice(0, Math.ceil(idle.length / 2));
    await Promise.all(ends.map((room) => this.#end(room, 'expired')));
  }

  /** Ends rooms that were not used for `roomIdleMs`, or never used within `unusedRoomMs`. */
  async sweep(now?: number): Promise<void> {
    const { roomIdleMs, unusedRoomMs } = this.limits;
    const end = (room: Room): Promise<void> => this.#end(room, 'expired');
    await Promise.all(
      this.#idle((room) => (room.wasUsed ? roomIdleMs : unusedRoomMs), now).map(end),
    );
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#kept.values()].map(({ room }) => this.#end(room, 'stopping')));
  }
}

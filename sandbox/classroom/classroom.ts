/** The classes of a server: in memory for reading, in the store before anything is acknowledged. */
import { randomUUID } from 'node:crypto';
import type { Assignment } from '../protocol/assignment.ts';
import type { Work } from '../protocol/work.ts';
import { SandboxError } from '../shared/errors.ts';
import type { ClassRow, SaidRow, SharedRow, Store } from '../store/store.ts';
import { ClassData } from './class-data.ts';
import { ClassList, type Class } from './class-list.ts';
import { Keeper } from './keeper.ts';
import type { ClassListener } from './listeners.ts';
import { Members } from './members.ts';
import { MistakeBook } from './mistakes.ts';
import { Seats } from './seats.ts';
import { WaitingRoom } from './waiting.ts';

const mostClasses = 200;

export interface ClassroomOptions {
  now?: () => number;
}

export class Classroom {
  /** Of the store: tells the data of one course from that of another. */
  readonly id: string;
  readonly now: () => number;
  readonly #store: Store;
  readonly #data: ClassData;
  readonly #keeper: Keeper;
  readonly members: Members;
  readonly seats: Seats;
  readonly waiting: WaitingRoom;
  readonly mistakes: MistakeBook;

  /** With all that the store has. `now`: milliseconds since 1970. */
  static async open(store: Store, { now = Date.now }: ClassroomOptions = {}): Promise<Classroom> {
    return new Classroom(store, new ClassList(await store.read()), now);
  }

  private constructor(store: Store, list: ClassList, now: () => number) {
    this.id = store.id;
    this.now = now;
    this.#store = store;
    const { listeners } = (this.#data = new ClassData(store, list, now));
    this.members = new Members(this.#data);
    this.seats = new Seats(this.#data, this.members);
    this.waiting = new WaitingRoom(this.#data);
    this.mistakes = new MistakeBook(this.#data);
    this.#keeper = new Keeper(store, {
      stored: (rows) => this.#tellWork(rows),
      kept: (isKept) => listeners.all.forEach((listener) => listener.kept(isKept)),
      knows: (member) => list.find(member) !== undefined,
    });
  }

  // ── Classes ──

  /** The newest first. */
  get classes(): Class[] {
    return this.#data.list.all;
  }

  /** @throws SandboxError `no-class` */
  class(id: string): Class {
    return this.#data.list.class(id);
  }

  async create(language: ClassRow['language']): Promise<Class> {
    if (this.#data.list.all.length >= mostClasses) throw new SandboxError('too-many-classes');
    const row: ClassRow = {
      ...{
        id: randomUUID(),
        code: this.#data.list.freeCode(),
        language,
        locked: false,
        listOnly: false,
        asks: false,
        assignment: null,
        shared: null,
      },
      created: this.now(),
    };
    await this.#data.write([{ put: 'class', row }]);
    return this.#data.list.add(row);
  }

  /** Whether nobody new may join. */
  lock(id: string, locked: boolean): Promise<void> {
    return this.#change(id, { locked });
  }

  /** Whether only names of the teacher's list may join. */
  listOnly(id: string, listOnly: boolean): Promise<void> {
    return this.#change(id, { listOnly });
  }

  /** Whether who joins waits for the teacher's yes; those who wait come in when it ends. */
  asks(id: string, asks: boolean): Promise<void> {
    return this.#change(id, { asks });
  }

  /** Null: nothing is assigned any more. */
  assign(id: string, assignment: Assignment | null): Promise<void> {
    return this.#change(id, { assignment });
  }

  /** Whether the member does this exercise as a test: hints are withheld. */
  isTest(member: string, exercise: string): boolean {
    const given = this.#data.list.find(member)?.class.row.assignment;
    return Boolean(given?.isTest && given.exercises.some((one) => one.exercise === exercise));
  }

  /** @param change what the shared room is, from what it was */
  share(id: string, change: (before: SharedRow | null) => SharedRow): Promise<void> {
    return this.#change(id, ({ shared }) => ({ shared: change(shared) }));
  }

  /** From now on the former code is nobody's. */
  newCode(id: string): Promise<void> {
    return this.#change(id, { code: this.#data.list.freeCode() });
  }

  async #change(
    id: string,
    change: Partial<ClassRow> | ((row: ClassRow) => Partial<ClassRow>),
  ): Promise<void> {
    await this.#data.inOrder.run(this.class(id), async () => {
      const one = this.class(id);
      const row = { ...one.row, ...(typeof change === 'function' ? change(one.row) : change) };
      await this.#data.write([{ put: 'class', row }]);
      one.row = row;
    });
    this.#data.tellChanged(id);
  }

  /** With its members and all that they did. */
  async drop(id: string): Promise<void> {
    await this.#data.inOrder.run(this.class(id), async () => {
      const one = this.class(id);
      await this.#data.write([{ drop: 'class', id }]);
      this.#data.list.remove(one);
    });
    for (const listener of this.#data.listeners.of(id)) listener.ended();
  }

  // ── What members do ──

  workOf(member: string, exercise: string): Work | undefined {
    return this.#data.list.find(member)?.member.work.get(exercise);
  }

  /**
   * @returns with a new pass in it, or the page's word for one, a promise that resolves when the store has it or has refused it;
   *   a refused one is tried again. Nothing is recorded of a member that was removed.
   */
  record(row: Work): Promise<void> | undefined {
    const work = this.#data.list.find(row.member)?.member.work;
    if (!work) return undefined;
    const former = work.get(row.exercise);
    const isNew = (['passed', 'said'] as const).some(
      (name) => row[name] !== null && (former?.[name] ?? null) === null,
    );
    work.set(row.exercise, row);
    return this.#keeper.keep(row, isNew);
  }

  progress(member: string): Promise<string | null> {
    return this.#store.progress(member);
  }

  /** @throws SandboxError `not-kept` */
  keepProgress(member: string, text: string): Promise<void> {
    return this.#data.write([{ put: 'progress', member, text }]);
  }

  /** What the teacher has said to a class, and still holds. */
  said(id: string): Promise<SaidRow[]> {
    return this.#store.said(id, this.now());
  }

  /** @throws SandboxError `no-class`, `not-kept` */
  keepSaid(id: string, row: Omit<SaidRow, 'class'>): Promise<void> {
    this.class(id);
    const put = { put: 'said', row: { ...row, class: id } } as const;
    return this.#data.write([put, { drop: 'said', until: this.now() }]);
  }

  /** Nothing is left of what the teacher has said and no longer held at that time. @throws SandboxError `not-kept` */
  dropSaid(until: number): Promise<void> {
    return this.#data.write([{ drop: 'said', until }]);
  }

  // ── Listeners ──

  /** @throws SandboxError `no-class` */
  listen(id: string, listener: ClassListener): { close(): void } {
    this.class(id);
    if (!this.#keeper.isKept) listener.kept(false);
    return this.#data.listeners.add(id, listener);
  }

  #tellWork(rows: readonly Work[]): void {
    const byClass = Map.groupBy(rows, ({ member }) => this.#data.list.find(member)?.class.row.id);
    for (const [id, some] of byClass)
      if (id !== undefined) for (const listener of this.#data.listeners.of(id)) listener.work(some);
  }

  async close(): Promise<void> {
    this.waiting.close();
    await this.#keeper.close();
    await this.#store.close();
  }
}

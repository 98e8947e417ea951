/** The classes of a server: in memory for reading, in the store before anything is acknowledged. */
import { randomUUID } from 'node:crypto';
import type { Work } from '../protocol/work.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Change, ClassRow, MemberRow, Store } from '../store/store.ts';
import { ClassList, lastSign, memberOf, nameIn } from './class-list.ts';
import type { Class, Member, MemberInClass } from './class-list.ts';
import { hashOf, secret } from './codes.ts';
import { InOrder } from './in-order.ts';
import { Keeper } from './keeper.ts';
import { Listeners, type ClassListener } from './listeners.ts';

/** More than share a room anywhere. */
const mostMembers = 300;
const mostClasses = 200;
/** Devices of a member that come back by themselves; the oldest is forgotten. */
const mostDevices = 8;

/** A member on a device that has just joined: the token is returned only here. */
export interface Joined extends MemberInClass {
  token: string;
}

export interface ClassroomOptions {
  now?: () => number;
  /** How long a class without a sign of anybody is kept; milliseconds. */
  keepMs?: number;
}

export class Classroom {
  /** Of the store: tells the data of one course from that of another. */
  readonly id: string;
  readonly now: () => number;
  readonly #store: Store;
  readonly #list: ClassList;
  readonly #listeners = new Listeners();
  readonly #keeper: Keeper;
  readonly #inOrder = new InOrder();

  /** With all that the store has, but for classes that are older than `keepMs`. */
  static async open(store: Store, options: ClassroomOptions = {}): Promise<Classroom> {
    const { now = Date.now, keepMs = Infinity } = options;
    const list = new ClassList(await store.read());
    const classroom = new Classroom(store, list, now);
    const old = list.all.filter((one) => now() - lastSign(one) > keepMs);
    for (const { row } of old) await classroom.drop(row.id);
    return classroom;
  }

  private constructor(store: Store, list: ClassList, now: () => number) {
    this.id = store.id;
    this.now = now;
    this.#store = store;
    this.#list = list;
    this.#keeper = new Keeper(store, {
      stored: (rows) => this.#tellWork(rows),
      kept: (isKept) => this.#listeners.all.forEach((listener) => listener.kept(isKept)),
      knows: (member) => list.find(member) !== undefined,
    });
  }

  async #write(changes: readonly Change[]): Promise<void> {
    try {
      await this.#store.write(changes);
    } catch (error) {
      console.error(error);
      throw new SandboxError('not-kept');
    }
  }

  // ── Classes ──

  /** The newest first. */
  get classes(): Class[] {
    return this.#list.all;
  }

  /** @throws SandboxError `no-class` */
  class(id: string): Class {
    return this.#list.class(id);
  }

  async create(language: ClassRow['language']): Promise<Class> {
    if (this.#list.all.length >= mostClasses) throw new SandboxError('too-many-classes');
    const row: ClassRow = {
      ...{ id: randomUUID(), code: this.#list.freeCode(), language, locked: false },
      created: this.now(),
    };
    await this.#write([{ put: 'class', row }]);
    return this.#list.add(row);
  }

  /** Whether nobody new may join. */
  lock(id: string, locked: boolean): Promise<void> {
    return this.#change(id, { locked });
  }

  /** From now on the former code is nobody's. */
  newCode(id: string): Promise<void> {
    return this.#change(id, { code: this.#list.freeCode() });
  }

  async #change(id: string, change: Partial<ClassRow>): Promise<void> {
    await this.#inOrder.run(this.class(id), async () => {
      const one = this.class(id);
      const row = { ...one.row, ...change };
      await this.#write([{ put: 'class', row }]);
      one.row = row;
    });
    this.#tellChanged(id);
  }

  /** With its members and all that they did. */
  async drop(id: string): Promise<void> {
    await this.#inOrder.run(this.class(id), async () => {
      const one = this.class(id);
      await this.#write([{ drop: 'class', id }]);
      this.#list.remove(one);
    });
    for (const listener of this.#listeners.of(id)) listener.ended();
  }

  // ── Members ──

  /** @throws SandboxError `no-class`, `class-locked`, `class-full`, `bad-name`, `not-kept` */
  async join(code: string, text: string): Promise<Joined> {
    const one = this.#list.byCode(code);
    if (one.row.locked) throw new SandboxError('class-locked');
    if (one.members.size >= mostMembers) throw new SandboxError('class-full');
    const key = secret();
    const row: MemberRow = {
      ...{ id: randomUUID(), class: one.row.id, name: nameIn(one, text) },
      ...{ words: this.#list.freeWords(one), secrets: [hashOf(key)], joined: this.now() },
    };
    // Its place, name and words are taken while the store writes.
    const member = this.#list.addMember(one, row);
    try {
      await this.#write([{ put: 'member', row }]);
    } catch (error) {
      this.#list.removeMember(one, row.id);
      throw error;
    }
    this.#tellChanged(one.row.id);
    return { member, class: one, token: `${row.id}.${key}` };
  }

  /** A member on another device. @throws SandboxError `no-class`, `no-member`, `not-kept` */
  async comeBack(code: string, words: string): Promise<Joined> {
    const one = this.#list.byCode(code);
    const member = this.#list.byWords(one, words);
    const key = secret();
    const withKey = ({ secrets }: MemberRow) => [...secrets, hashOf(key)].slice(-mostDevices);
    await this.#put(member, (row) => ({ secrets: withKey(row) }));
    return { member, class: one, token: `${member.row.id}.${key}` };
  }

  /** The device's token is nobody's from now on. @throws SandboxError `no-member`, `not-kept` */
  async leave(token: string): Promise<void> {
    const found = this.member(token);
    const hash = hashOf(token.split('.')[1] ?? '');
    const without = ({ secrets }: MemberRow) => secrets.filter((one) => one !== hash);
    if (found) await this.#put(found.member, (row) => ({ secrets: without(row) }));
  }

  /** Who a device is, by its token; null for anything else. */
  member(token: string): MemberInClass | null {
    return this.#list.byToken(token);
  }

  /** @throws SandboxError `no-class`, `no-member`, `bad-name`, `not-kept` */
  rename(classId: string, memberId: string, text: string): Promise<void> {
    const one = this.class(classId);
    const name = nameIn(one, text, memberId);
    return this.#put(memberOf(one, memberId), () => ({ name }));
  }

  /** With all that they did. @throws SandboxError `no-class`, `no-member`, `not-kept` */
  async remove(classId: string, memberId: string): Promise<void> {
    const one = this.class(classId);
    await this.#inOrder.run(memberOf(one, memberId), async () => {
      memberOf(one, memberId);
      await this.#write([{ drop: 'member', id: memberId }]);
      this.#list.removeMember(one, memberId);
    });
    this.#tellChanged(classId);
  }

  async #put(member: Member, change: (row: MemberRow) => Partial<MemberRow>): Promise<void> {
    const { id, class: classId } = member.row;
    await this.#inOrder.run(member, async () => {
      // Who was removed meanwhile is not stored again.
      memberOf(this.class(classId), id);
      const row = { ...member.row, ...change(member.row) };
      await this.#write([{ put: 'member', row }]);
      member.row = row;
    });
    this.#tellChanged(classId);
  }

  // ── What members do ──

  workOf(member: string, exercise: string): Work | undefined {
    return this.#list.find(member)?.member.work.get(exercise);
  }

  /**
   * @returns with a new pass in it, a promise that resolves when the store has it or has refused it;
   *   a refused one is tried again. Nothing is recorded of a member that was removed.
   */
  record(row: Work): Promise<void> | undefined {
    const work = this.#list.find(row.member)?.member.work;
    if (!work) return undefined;
    const isPass = row.passed !== null && (work.get(row.exercise)?.passed ?? null) === null;
    work.set(row.exercise, row);
    return this.#keeper.keep(row, isPass);
  }

  progress(member: string): Promise<string | null> {
    return this.#store.progress(member);
  }

  /** @throws SandboxError `not-kept` */
  keepProgress(member: string, text: string): Promise<void> {
    return this.#write([{ put: 'progress', member, text }]);
  }

  // ── Listeners ──

  /** @throws SandboxError `no-class` */
  listen(id: string, listener: ClassListener): { close(): void } {
    this.class(id);
    if (!this.#keeper.isKept) listener.kept(false);
    return this.#listeners.add(id, listener);
  }

  #tellChanged(id: string): void {
    for (const listener of this.#listeners.of(id)) listener.changed();
  }

  #tellWork(rows: readonly Work[]): void {
    const byClass = Map.groupBy(rows, ({ member }) => this.#list.find(member)?.class.row.id);
    for (const [id, some] of byClass)
      if (id !== undefined) for (const listener of this.#listeners.of(id)) listener.work(some);
  }

  async close(): Promise<void> {
    await this.#keeper.close();
    await this.#store.close();
  }
}

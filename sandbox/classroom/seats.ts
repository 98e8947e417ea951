/**
 * The names that the teacher pasted: each is a member whose seat is free until a learner picks it. What two
 * members did is made one member's here, too.
 */
import { randomUUID } from 'node:crypto';
import { merged, nothing } from '../protocol/progress.ts';
import { readProgress } from '../protocol/read-progress.ts';
import type { Work } from '../protocol/work.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Change, MemberRow } from '../store/store.ts';
import type { ClassData } from './class-data.ts';
import { memberOf, type Class, type Member } from './class-list.ts';
import { hashOf, secret } from './codes.ts';
import { mergedWork } from './merged-work.ts';
import { mostMembers, type Joined, type Members } from './members.ts';
import { readNameList, sameness } from './names.ts';

/** What became of a pasted list. */
export interface ListReport {
  added: number;
  /** Names that the class had already. */
  known: number;
  /** Lines without a letter or a digit. */
  unreadable: number;
}

export class Seats {
  readonly #data: ClassData;
  readonly #members: Members;
  /** Seats that are being taken. */
  readonly #picked = new Set<string>();

  constructor(data: ClassData, members: Members) {
    this.#data = data;
    this.#members = members;
  }

  /**
   * Adds the names of a list that the class does not have. Pasting it again adds nobody twice.
   * @throws SandboxError `no-class`, `too-many-names`, `not-kept`: then nobody is added
   */
  async add(classId: string, text: string): Promise<ListReport> {
    const one = this.#data.list.class(classId);
    const { names, unreadable } = readNameList(text);
    const has = new Set([...one.members.values()].map(({ row }) => sameness(row.name)));
    const fresh = names.filter((name) => !has.has(sameness(name)));
    if (one.members.size + fresh.length > mostMembers) throw new SandboxError('too-many-names');
    const joined = this.#data.now();
    const added = fresh.map((name): Member => {
      const words = this.#data.list.freeWords(one);
      const of = { id: randomUUID(), class: classId, name, words, secrets: [], joined };
      return this.#data.list.addMember(one, { ...of, seat: 'free', handle: null });
    });
    try {
      await this.#data.write(added.map(({ row }) => ({ put: 'member', row })));
    } catch (error) {
      for (const { row } of added) this.#data.list.removeMember(one, row.id);
      throw error;
    }
    if (added.length > 0) this.#data.tellChanged(classId);
    return { added: added.length, known: names.length - fresh.length, unreadable };
  }

  /** The names that nobody has picked. @throws SandboxError `no-class`, `class-locked` */
  free(code: string): { one: Class; names: { id: string; name: string }[] } {
    const one = this.#members.find(code);
    const rows = [...one.members.values()].map(({ row }) => row);
    const free = rows.filter(({ seat }) => seat === 'free').map(({ id, name }) => ({ id, name }));
    return { one, names: free };
  }

  /** A learner is the member of that name. @throws SandboxError `no-class`, `class-locked`, `name-taken`, `not-kept` */
  async pick(code: string, id: string): Promise<Joined> {
    const { one, names } = this.free(code);
    if (!names.some((free) => free.id === id)) throw new SandboxError('name-taken');
    return this.take(one, id);
  }

  /** Whoever may join. @throws SandboxError `no-class`, `no-member`, `name-taken`, `not-kept` */
  async take({ row }: Class, id: string): Promise<Joined> {
    const one = this.#data.list.class(row.id);
    // Of two who pick it at once one is refused.
    if (this.#picked.has(id)) throw new SandboxError('name-taken');
    this.#picked.add(id);
    const member = memberOf(one, id);
    const key = secret();
    try {
      await this.#members.change(member, ({ seat }) => {
        if (seat !== 'free') throw new SandboxError('name-taken');
        return { seat: 'taken', secrets: [hashOf(key)], joined: this.#data.now() };
      });
    } finally {
      this.#picked.delete(id);
    }
    this.#data.tellChanged(one.row.id);
    return { member, class: one, token: `${id}.${key}` };
  }

  /**
   * The wrong learner had picked the name: it can be picked again. Their devices and words are nobody's from now
   * on; what was done stays. @throws SandboxError `no-class`, `no-member`, `not-kept`
   */
  async release(classId: string, id: string): Promise<void> {
    const one = this.#data.list.class(classId);
    const words = this.#data.list.freeWords(one);
    await this.#members.change(memberOf(one, id), () => ({ seat: 'free', secrets: [], words }));
    this.#data.tellOut(classId, id);
  }

  /**
   * Two members are one learner: `from` goes, and what they did is `into`'s.
   * @throws SandboxError `no-class`, `no-member`, `bad-request`, `not-kept`: then nothing is changed
   */
  async merge(classId: string, into: string, from: string): Promise<void> {
    const one = this.#data.list.class(classId);
    const [kept, gone] = [memberOf(one, into), memberOf(one, from)];
    if (kept === gone) throw new SandboxError('bad-request');
    // In one order whoever goes: two merges that cross would wait for each other.
    const [first, second] = into < from ? [kept, gone] : [gone, kept];
    await this.#data.inOrder.run(first, () =>
      this.#data.inOrder.run(second, () => this.#merge(one, kept, gone)),
    );
    this.#data.tellChanged(classId);
    for (const listener of this.#data.listeners.of(classId)) listener.work([...kept.work.values()]);
  }

  async #merge(one: Class, kept: Member, gone: Member): Promise<void> {
    const texts = await Promise.all([kept, gone].map(({ row }) => this.#data.progress(row.id)));
    const [mine, other] = texts.map((text) => readProgress(text ?? '') ?? nothing());
    const text = JSON.stringify(merged(mine!, other!));
    // One of them was removed meanwhile.
    memberOf(one, kept.row.id);
    memberOf(one, gone.row.id);
    const [before, old] = [new Map(kept.work), kept.row];
    // Who typed a name of the list, and did not pick it: the list knows how it is written.
    const { name, seat } = gone.row;
    const row: MemberRow = seat === 'free' ? { ...old, name, seat: 'taken' } : old;
    const rows = [...gone.work.values()].map((work): Work =>
      mergedWork({ ...work, member: kept.row.id }, kept.work.get(work.exercise)),
    );
    // What is done while the store writes begins with all of it.
    for (const row of rows) kept.work.set(row.exercise, row);
    kept.row = row;
    this.#data.list.removeMember(one, gone.row.id);
    const changes: Change[] = [
      { put: 'member', row },
      ...rows.map((row) => ({ put: 'work', row }) as const),
    ];
    // Together they may have more entries than are ever read again: then the kept one's stay.
    if (readProgress(text)) changes.push({ put: 'progress', member: kept.row.id, text });
    try {
      await this.#data.write([...changes, { drop: 'member', id: gone.row.id }]);
    } catch (error) {
      for (const row of rows) {
        if (kept.work.get(row.exercise) !== row) continue;
        const work = before.get(row.exercise);
        if (work) kept.work.set(row.exercise, work);
        else kept.work.delete(row.exercise);
      }
      kept.row = old;
      this.#data.list.addMember(one, gone.row).work = gone.work;
      throw error;
    }
  }
}

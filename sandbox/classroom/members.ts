/** The members of the classes: who joins, comes back, is renamed and removed. */
import { randomUUID } from 'node:crypto';
import { SandboxError } from '../shared/errors.ts';
import type { MemberRow } from '../store/store.ts';
import type { ClassData } from './class-data.ts';
import { memberOf, nameIn } from './class-list.ts';
import type { Class, Member, MemberInClass } from './class-list.ts';
import { hashOf, secret } from './codes.ts';

/** More than share a room anywhere. */
export const mostMembers = 300;
/** Devices of a member that come back by themselves; the oldest is forgotten. */
const mostDevices = 8;

/** A member on a device that has just joined: the token is returned only here. */
export interface Joined extends MemberInClass {
  token: string;
}

export class Members {
  readonly #data: ClassData;

  constructor(data: ClassData) {
    this.#data = data;
  }

  /** The class of a code, if it is not closed. @throws SandboxError `no-class`, `class-locked` */
  find(code: string): Class {
    const one = this.#data.list.byCode(code);
    if (one.row.locked) throw new SandboxError('class-locked');
    return one;
  }

  /**
   * The class of a code, if somebody who types a name may join it.
   * @throws SandboxError `no-class`, `class-locked`, `not-on-list`, `class-full`
   */
  open(code: string): Class {
    const one = this.find(code);
    if (one.row.listOnly) throw new SandboxError('not-on-list');
    if (one.members.size >= mostMembers) throw new SandboxError('class-full');
    return one;
  }

  /** @throws SandboxError `no-class`, `class-locked`, `not-on-list`, `class-full`, `bad-name`, `not-kept` */
  async join(code: string, text: string): Promise<Joined> {
    return this.admit(this.open(code), text);
  }

  /** Whoever may join. @throws SandboxError `no-class`, `class-full`, `bad-name`, `not-kept` */
  async admit({ row: { id } }: Class, text: string): Promise<Joined> {
    const one = this.#data.list.class(id);
    if (one.members.size >= mostMembers) throw new SandboxError('class-full');
    const key = secret();
    const row: MemberRow = {
      ...{ id: randomUUID(), class: one.row.id, name: nameIn(one, text) },
      ...{
        words: this.#data.list.freeWords(one),
        secrets: [hashOf(key)],
        joined: this.#data.now(),
      },
      ...{ seat: null, handle: null },
    };
    // Its place, name and words are taken while the store writes.
    const member = this.#data.list.addMember(one, row);
    try {
      await this.#data.write([{ put: 'member', row }]);
    } catch (error) {
      this.#data.list.removeMember(one, row.id);
      throw error;
    }
    this.#data.tellChanged(one.row.id);
    return { member, class: one, token: `${row.id}.${key}` };
  }

  /** A member on another device. @throws SandboxError `no-class`, `no-member`, `not-kept` */
  async comeBack(code: string, words: string): Promise<Joined> {
    const one = this.#data.list.byCode(code);
    const member = this.#data.list.byWords(one, words);
    const key = secret();
    const withKey = ({ secrets }: MemberRow) => [...secrets, hashOf(key)].slice(-mostDevices);
    // The teacher has told somebody the words of a name of the list.
    const taken = ({ seat }: MemberRow) => (seat === 'free' ? { seat: 'taken' as const } : {});
    await this.change(member, (row) => ({ secrets: withKey(row), ...taken(row) }));
    return { member, class: one, token: `${member.row.id}.${key}` };
  }

  /** The device's token is nobody's from now on. @throws SandboxError `no-member`, `not-kept` */
  async leave(token: string): Promise<void> {
    const found = this.ofToken(token);
    const hash = hashOf(token.split('.')[1] ?? '');
    const without = ({ secrets }: MemberRow) => secrets.filter((one) => one !== hash);
    if (found) await this.change(found.member, (row) => ({ secrets: without(row) }));
  }

  /** Who a device is, by its token; null for anything else. */
  ofToken(token: string): MemberInClass | null {
    return this.#data.list.byToken(token);
  }

  /** @throws SandboxError `no-class`, `no-member`, `bad-name`, `not-kept` */
  rename(classId: string, memberId: string, text: string): Promise<void> {
    const one = this.#data.list.class(classId);
    const name = nameIn(one, text, memberId);
    return this.change(memberOf(one, memberId), () => ({ name }));
  }

  /** With all that they did. @throws SandboxError `no-class`, `no-member`, `not-kept` */
  async remove(classId: string, memberId: string): Promise<void> {
    const one = this.#data.list.class(classId);
    await this.#data.inOrder.run(memberOf(one, memberId), async () => {
      memberOf(one, memberId);
      await this.#data.write([{ drop: 'member', id: memberId }]);
      this.#data.list.removeMember(one, memberId);
    });
    this.#data.tellChanged(classId);
  }

  /**
   * Removes all who have not begun: nothing is known of them but their name.
   * @param until those who joined later stay; milliseconds since 1970
   * @throws SandboxError `no-class`, `not-kept`: then nobody is removed
   */
  async removeIdle(classId: string, until: number): Promise<void> {
    const one = this.#data.list.class(classId);
    const idle = [...one.members.values()].filter(
      // Names of the teacher's list stay: nobody has made them up.
      ({ row, work }) => work.size === 0 && row.joined <= until && row.seat === null,
    );
    if (idle.length === 0) return;
    // They are gone while the store writes: nothing of them is stored again meanwhile.
    for (const { row } of idle) this.#data.list.removeMember(one, row.id);
    try {
      await this.#data.write(idle.map(({ row }) => ({ drop: 'member', id: row.id })));
    } catch (error) {
      for (const { row } of idle) this.#data.list.addMember(one, row);
      throw error;
    }
    this.#data.tellChanged(classId);
  }

  /** @throws SandboxError `no-class`, `no-member`, `not-kept`, and what `change` throws */
  async change(member: Member, change: (row: MemberRow) => Partial<MemberRow>): Promise<void> {
    const { id, class: classId } = member.row;
    await this.#data.inOrder.run(member, async () => {
      // Who was removed meanwhile is not stored again.
      memberOf(this.#data.list.class(classId), id);
      const row = { ...member.row, ...change(member.row) };
      await this.#data.write([{ put: 'member', row }]);
      member.row = row;
    });
    this.#data.tellChanged(classId);
  }
}

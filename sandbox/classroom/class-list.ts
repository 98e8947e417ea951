/** The classes and members of a server in memory: found by id, by code, by words and by token. */
import { noSharedRoom, type SharedState } from '../protocol/shared-room.ts';
import type { Work } from '../protocol/work.ts';
import { SandboxError } from '../shared/errors.ts';
import type { ClassRow, MemberRow, Stored } from '../store/store.ts';
import { hashOf, isSame, joinCode, personalCode, plainWords, readJoinCode } from './codes.ts';
import { distinctName, readName } from './names.ts';

export interface Member {
  row: MemberRow;
  /** By exercise. */
  work: Map<string, Work>;
}
export interface Class {
  row: ClassRow;
  members: Map<string, Member>;
}
export interface MemberInClass {
  class: Class;
  member: Member;
}

export class ClassList {
  readonly #classes = new Map<string, Class>();
  readonly #members = new Map<string, MemberInClass>();

  constructor({ classes, members, work }: Stored) {
    for (const row of classes) this.add(row);
    for (const row of members) this.addMember(this.class(row.class), row);
    for (const row of work) this.find(row.member)?.member.work.set(row.exercise, row);
  }

  /** The newest first. */
  get all(): Class[] {
    return [...this.#classes.values()].sort((a, b) => b.row.created - a.row.created);
  }

  /** @throws SandboxError `no-class` */
  class(id: string): Class {
    const found = this.#classes.get(id);
    if (!found) throw new SandboxError('no-class');
    return found;
  }

  add(row: ClassRow): Class {
    const made = { row, members: new Map() };
    this.#classes.set(row.id, made);
    return made;
  }

  remove(one: Class): void {
    for (const member of one.members.keys()) this.#members.delete(member);
    this.#classes.delete(one.row.id);
  }

  addMember(one: Class, row: MemberRow): Member {
    const member: Member = { row, work: new Map() };
    one.members.set(row.id, member);
    this.#members.set(row.id, { class: one, member });
    return member;
  }

  removeMember(one: Class, id: string): void {
    one.members.delete(id);
    this.#members.delete(id);
  }

  find(member: string): MemberInClass | undefined {
    return this.#members.get(member);
  }

  /** The class of a code as somebody typed it. @throws SandboxError `no-class` */
  byCode(text: string): Class {
    const code = readJoinCode(text) ?? '';
    let found: Class | undefined;
    for (const one of this.#classes.values()) if (isSame(one.row.code, code)) found = one;
    if (!found) throw new SandboxError('no-class');
    return found;
  }

  /** The member of a personal code as somebody typed it. @throws SandboxError `no-member` */
  byWords(one: Class, text: string): Member {
    const words = plainWords(text);
    let found: Member | undefined;
    for (const member of one.members.values())
      if (isSame(plainWords(member.row.words), words)) found = member;
    if (!found) throw new SandboxError('no-member');
    return found;
  }

  /** The member whose device has this token; null for any other text. */
  byToken(token: string): MemberInClass | null {
    const [id = '', key = ''] = token.split('.');
    const found = this.#members.get(id);
    const hash = hashOf(key);
    // Compared also if there is no such member, and with every device of one.
    const known = found?.member.row.secrets ?? [''];
    const isOne = known.map((each) => isSame(each, hash)).includes(true);
    return found && isOne ? found : null;
  }

  freeCode(): string {
    const taken = new Set(this.all.map(({ row }) => row.code));
    for (;;) {
      const code = joinCode();
      if (!taken.has(code)) return code;
    }
  }

  freeWords({ row, members }: Class): string {
    const taken = new Set([...members.values()].map((member) => member.row.words));
    for (;;) {
      const words = personalCode(row.language);
      if (!taken.has(words)) return words;
    }
  }
}

/** Milliseconds since 1970. */
export function lastSign({ row, members }: Class): number {
  let last = row.created;
  for (const member of members.values()) {
    last = Math.max(last, member.row.joined);
    for (const { active } of member.work.values()) last = Math.max(last, active);
  }
  return last;
}

/** What everybody in the class may know of its shared room. */
export const sharedStateOf = ({ shared }: ClassRow): SharedState => {
  const { isOpen, isPaused } = shared ?? noSharedRoom;
  return { isOpen, isPaused };
};

/** @throws SandboxError `no-member` */
export function memberOf({ members }: Class, id: string): Member {
  const member = members.get(id);
  if (!member) throw new SandboxError('no-member');
  return member;
}

/** The name as text may be it, different from those of the other members. @throws SandboxError `bad-name` */
export function nameIn({ members }: Class, text: string, own?: string): string {
  const name = readName(text);
  if (name === null) throw new SandboxError('bad-name');
  const others = [...members.values()].filter(({ row }) => row.id !== own);
  return distinctName(
    name,
    others.map(({ row }) => row.name),
  );
}

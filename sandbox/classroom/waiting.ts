/**
 * Who waits for the teacher's yes before they are in a class. In memory only: nobody is a member yet, and after a restart
 * each page asks again by itself. A page that no longer asks is forgotten.
 */
import { randomUUID } from 'node:crypto';
import { SandboxError } from '../shared/errors.ts';
import type { ClassData } from './class-data.ts';
import { memberOf, type Class } from './class-list.ts';
import { hashOf, secret } from './codes.ts';
import { readName } from './names.ts';

/** In one class at a time. */
export const mostWaiting = 60;
/** A page asks every few seconds; after so long without it the page is gone. Milliseconds. */
export const waitingMs = 60_000;

/** A name that was typed, or the id of one of the teacher's list. */
export type Wish = { name: string } | { pick: string };

interface Waiting {
  /** For the teacher's page. */
  id: string;
  class: string;
  wish: Wish;
  name: string;
  since: number;
  /** Of the ticket, which only the learner's page has. */
  hash: string;
  answer: 'none' | 'yes' | 'no';
  timer: ReturnType<typeof setTimeout>;
}

export class WaitingRoom {
  readonly #data: ClassData;
  /** By the hash of the ticket, in the order in which they came. */
  readonly #all = new Map<string, Waiting>();

  constructor(data: ClassData) {
    this.#data = data;
  }

  /** Those without an answer. */
  of(classId: string): { id: string; name: string; since: number }[] {
    return [...this.#all.values()]
      .filter((one) => one.class === classId && one.answer === 'none')
      .map(({ id, name, since }) => ({ id, name, since }));
  }

  /** @returns the ticket with which the page asks. @throws SandboxError `bad-name`, `name-taken`, `waiting-full` */
  ask(one: Class, wish: Wish): string {
    const { id } = one.row;
    const name = nameOf(one, wish);
    const inClass = [...this.#all.values()].filter((other) => other.class === id);
    if (inClass.length >= mostWaiting) throw new SandboxError('waiting-full');
    const isPicked = ({ wish: other }: Waiting): boolean =>
      'pick' in wish && 'pick' in other && other.pick === wish.pick;
    if (inClass.some((other) => isPicked(other) && other.answer !== 'no'))
      throw new SandboxError('name-taken');
    const ticket = secret();
    const waiting: Waiting = {
      ...{ id: randomUUID(), class: id, wish, name, since: this.#data.now() },
      ...{ hash: hashOf(ticket), answer: 'none' },
      timer: setTimeout(() => {}, 0),
    };
    this.#all.set(waiting.hash, waiting);
    this.#keepFor(waiting);
    this.#data.tellChanged(id);
    return ticket;
  }

  #keepFor(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.#forget(waiting), waitingMs);
    waiting.timer.unref();
  }

  #forget(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#all.delete(waiting.hash);
    if (waiting.answer === 'none') this.#data.tellChanged(waiting.class);
  }

  #find(ticket: string): Waiting | undefined {
    // How long it takes says something of the hash only, and nobody finds a ticket of 192 bits by it.
    return this.#all.get(hashOf(ticket));
  }

  /**
   * Null: the teacher has not answered. Else the ticket is used up, and its holder may join, whatever has become of the
   * code meanwhile. @throws SandboxError `no-ticket`, `no-class`, `not-let-in`
   */
  check(ticket: string): { one: Class; wish: Wish } | null {
    const found = this.#find(ticket);
    if (!found) throw new SandboxError('no-ticket');
    const one = this.#data.list.class(found.class);
    // The teacher no longer asks to be asked.
    if (found.answer === 'none' && one.row.asks) {
      this.#keepFor(found);
      return null;
    }
    this.#forget(found);
    if (found.answer === 'no') throw new SandboxError('not-let-in');
    return { one, wish: found.wish };
  }

  /** The page no longer waits. */
  leave(ticket: string): void {
    const found = this.#find(ticket);
    if (found) this.#forget(found);
  }

  /** Those that are gone meanwhile are left out. @throws SandboxError `no-class` */
  answer(classId: string, ids: readonly string[], isYes: boolean): void {
    this.#data.list.class(classId);
    const asked = new Set(ids);
    for (const found of this.#all.values()) {
      if (!asked.has(found.id) || found.class !== classId || found.answer !== 'none') continue;
      found.answer = isYes ? 'yes' : 'no';
      this.#keepFor(found);
    }
    this.#data.tellChanged(classId);
  }

  close(): void {
    for (const { timer } of this.#all.values()) clearTimeout(timer);
    this.#all.clear();
  }
}

function nameOf(one: Class, wish: Wish): string {
  if ('pick' in wish) {
    const { row } = memberOf(one, wish.pick);
    if (row.seat !== 'free') throw new SandboxError('name-taken');
    return row.name;
  }
  const name = readName(wish.name);
  if (name === null) throw new SandboxError('bad-name');
  return name;
}

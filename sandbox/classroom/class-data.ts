/** What the parts of a classroom share: its list, its store, and who is told of changes. */
import { classErrors } from '../shared/class-errors.ts';
import { addErrors, SandboxError } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import type { Change, MistakeRow, Store } from '../store/store.ts';
import type { ClassList } from './class-list.ts';
import { InOrder } from './in-order.ts';
import { Listeners } from './listeners.ts';

addErrors(classErrors);

export class ClassData {
  readonly list: ClassList;
  readonly now: () => number;
  readonly listeners = new Listeners();
  readonly inOrder = new InOrder();
  readonly #store: Store;

  constructor(store: Store, list: ClassList, now: () => number) {
    this.#store = store;
    this.list = list;
    this.now = now;
  }

  /** @throws SandboxError `not-kept`: nothing of it is stored */
  async write(changes: readonly Change[]): Promise<void> {
    try {
      await this.#store.write(changes);
    } catch (error) {
      log.error('not-stored', error);
      throw new SandboxError('not-kept');
    }
  }

  mistakes(classId: string, exercise: string): Promise<MistakeRow[]> {
    return this.#store.mistakes(classId, exercise);
  }

  progress(member: string): Promise<string | null> {
    return this.#store.progress(member);
  }

  /** A member's devices are no longer theirs. */
  tellOut(id: string, member: string): void {
    for (const listener of this.listeners.of(id)) listener.out?.(member);
  }

  tellChanged(id: string): void {
    for (const listener of this.listeners.of(id)) listener.changed();
  }
}

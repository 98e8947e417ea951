import { Emitter } from '../store/emitter.ts';
import type { Notice, NoticeSubject } from './notice.ts';

/** The notices that are shown beside the program, oldest first: at most one for each subject. */
export class Notices {
  readonly #notices = new Map<NoticeSubject, Notice>();
  readonly #changes = new Emitter();

  get list(): readonly (readonly [NoticeSubject, Notice])[] {
    return [...this.#notices];
  }
  get(subject: NoticeSubject): Notice | undefined {
    return this.#notices.get(subject);
  }
  /** Undefined removes it. An equal notice changes nothing, so that its button keeps the focus. */
  set(subject: NoticeSubject, notice: Notice | undefined): void {
    if (JSON.stringify(notice) === JSON.stringify(this.#notices.get(subject))) return;
    this.#notices.delete(subject);
    if (notice) this.#notices.set(subject, notice);
    this.#changes.emit();
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
}

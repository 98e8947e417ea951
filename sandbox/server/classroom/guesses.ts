/** Codes and words that somebody tries: after too many wrong ones of a network address, right ones fail too. */
import { SandboxError } from '../../shared/errors.ts';
import { FailedLookups } from '../admission/failed-lookups.ts';

/** Of one network address in a minute: a whole class mistypes there. */
const wrongPerMinute = 60;

export class Guesses {
  readonly #codes = new FailedLookups(wrongPerMinute, 60_000);
  /** Counted apart: who guesses a learner's words keeps nobody behind the same address from joining. */
  readonly #words = new FailedLookups(wrongPerMinute, 60_000);

  /** @throws SandboxError `too-many-requests`, and what `join` throws */
  code<T>(remote: string, join: () => Promise<T>): Promise<T> {
    return this.#counted(remote, [this.#codes], join);
  }

  /** A code and a learner's words. @throws SandboxError `too-many-requests`, and what `comeBack` throws */
  words<T>(remote: string, comeBack: () => Promise<T>): Promise<T> {
    return this.#counted(remote, [this.#codes, this.#words], comeBack);
  }

  async #counted<T>(remote: string, counts: FailedLookups[], guess: () => Promise<T>): Promise<T> {
    if (counts.some((one) => one.silent(remote))) throw new SandboxError('too-many-requests');
    try {
      return await guess();
    } catch (error) {
      const code = error instanceof SandboxError ? error.code : null;
      if (code === 'no-class') this.#codes.answer(remote);
      if (code === 'no-member') this.#words.answer(remote);
      throw error;
    }
  }
}

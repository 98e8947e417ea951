/** Codes and words that somebody tries: after too many wrong ones, right ones fail too. */
import { readJoinCode } from '../../classroom/codes.ts';
import { SandboxError } from '../../shared/errors.ts';
import { FailedLookups } from '../admission/failed-lookups.ts';

const minute = 60_000;
/** Of one network address in a minute: a whole class mistypes there. */
const mostOfAddress = 60;
/** Wrong words for one class in a minute, from everywhere: they have 21 bits, for each of its members. */
const mostOfClass = 300;

export class Guesses {
  readonly #codes = new FailedLookups(mostOfAddress, minute);
  /** Counted apart: who guesses a learner's words keeps nobody behind the same address from joining. */
  readonly #words = new FailedLookups(mostOfAddress, minute);
  readonly #ofClass = new FailedLookups(mostOfClass, minute);

  /** @throws SandboxError `too-many-requests`, and what `join` throws */
  async code<T>(remote: string, join: () => Promise<T>): Promise<T> {
    if (this.#codes.silent(remote)) throw new SandboxError('too-many-requests');
    return this.#counted({ remote, code: '' }, join);
  }

  /** @throws SandboxError `too-many-requests`, and what `comeBack` throws */
  async words<T>(from: { remote: string; code: string }, comeBack: () => Promise<T>): Promise<T> {
    const code = readJoinCode(from.code) ?? '';
    const isSilent = [this.#codes, this.#words].some((one) => one.silent(from.remote));
    if (isSilent || this.#ofClass.silent(code)) throw new SandboxError('too-many-requests');
    return this.#counted({ ...from, code }, comeBack);
  }

  async #counted<T>(
    { remote, code }: { remote: string; code: string },
    guess: () => Promise<T>,
  ): Promise<T> {
    try {
      return await guess();
    } catch (error) {
      const reason = error instanceof SandboxError ? error.code : null;
      if (reason === 'no-class') this.#codes.answer(remote);
      if (reason === 'no-member') {
        this.#words.answer(remote);
        this.#ofClass.answer(code);
      }
      throw error;
    }
  }
}

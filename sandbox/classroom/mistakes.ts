/**
 * The mistakes of a class: which hint a failed run gave is decided by the checks on the server; the
 * programs come from the learner's page. Who made one is not told.
 */
import type { Mistakes } from '../protocol/classroom.ts';
import { SandboxError } from '../shared/errors.ts';
import { TokenBucket } from '../shared/token-bucket.ts';
import type { MistakeExample, MistakeRow } from '../store/store.ts';
import type { ClassData } from './class-data.ts';

const mostShown = 3;
/** Failed runs of a member that are kept: a learner who presses Run all the time has no more to say. */
const pace = { burst: 10, perSecond: 0.5 };

export class MistakeBook {
  readonly #data: ClassData;
  readonly #paces = new Map<string, TokenBucket>();

  constructor(data: ClassData) {
    this.#data = data;
  }

  /**
   * The member's last run on the exercise has failed with these programs.
   * @throws SandboxError `no-member`, `too-many-requests`, `not-kept`
   */
  async failed(member: string, exercise: string, files: MistakeExample['files']): Promise<void> {
    const found = this.#data.list.find(member);
    if (!found) throw new SandboxError('no-member');
    const { hint = null, passed = null } = found.member.work.get(exercise) ?? {};
    // Passed meanwhile, not on the server, or with nothing to say about it.
    if (!hint || passed !== null) return;
    if (!this.#paceOf(member).tryTake()) throw new SandboxError('too-many-requests');
    const example = { files, values: hint.values };
    const row = { member, exercise, hint: hint.id, made: this.#data.now(), example };
    await this.#data.write([{ put: 'mistake', row }]);
  }

  #paceOf(member: string): TokenBucket {
    let bucket = this.#paces.get(member);
    if (this.#paces.size > 10_000) this.#paces.clear();
    if (!bucket) this.#paces.set(member, (bucket = new TokenBucket(pace.perSecond, pace.burst)));
    return bucket;
  }

  /** The most frequent ones, each with the latest program. */
  async of(classId: string, exercise: string): Promise<Mistakes> {
    return frequent(await this.#data.mistakes(classId, exercise));
  }
}

/** @param rows the latest first; each member is in those of a hint once */
export function frequent(rows: readonly MistakeRow[]): Mistakes {
  return [...Map.groupBy(rows, ({ hint }) => hint)]
    .map(([id, [latest, ...others]]) => {
      const { values, files } = latest!.example;
      return { hint: { id, values }, learners: others.length + 1, files };
    })
    .sort((a, b) => b.learners - a.learners)
    .slice(0, mostShown);
}

/**
 * Programs and broker files that come from a teacher: they replace the learner's own when the learner asks for it.
 * What they replace is put aside in this browser first, and can be had back; so can what that replaces.
 */
import { hasFiles, type BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { Notices } from '../notices/notices.ts';
import { brokerFilesOf, type BrokerFileDrafts } from '../room/broker-files.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { TextStore } from '../store/drafts.ts';

export interface Work {
  files: readonly { name: string; text: string }[];
  /** Those of the broker; undefined: none are given, and none were changed. */
  broker?: BrokerFiles | undefined;
}
interface Aside extends Work {
  /** When it was put aside: milliseconds since 1970. */
  at: number;
}
export interface PutAsideDeps {
  exercise: string;
  programs: EditedPrograms;
  files: BrokerFileDrafts;
  store: TextStore;
  notices: Notices;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** So many are kept of an exercise, and so many characters of all; of more the oldest go. */
const mostAside = 8;
const mostText = 400_000;
/** `src/classroom/membership.ts` forgets them when somebody leaves the device. */
const prefix = 'retained:aside:';

export class PutAside {
  readonly #deps: PutAsideDeps;
  readonly #key: string;

  constructor(deps: PutAsideDeps) {
    this.#deps = deps;
    this.#key = prefix + deps.exercise;
  }

  /** When each was put aside, the newest first. */
  get times(): number[] {
    return this.#read().map(({ at }) => at);
  }

  /** What the learner has now. */
  get work(): Work {
    const { programs, files } = this.#deps;
    const broker = files.load();
    return { files: programs.files, ...(hasFiles(broker) && { broker }) };
  }

  /** Shows what was given. False if the learner's own can't be put aside: then nothing is changed. */
  take(given: Work): boolean {
    const { notices } = this.#deps;
    const before = this.#read();
    if (!this.#keep(before)) {
      notices.set('aside', { tone: 'wrong', text: { key: 'workbench.aside.full' } });
      return false;
    }
    this.#show(given);
    this.#say(this.#read().length > before.length ? 'taken' : 'given');
    return true;
  }

  /** One that was put aside comes back, and what is there now is put aside. @param n 0: the newest */
  back(n = 0): void {
    const all = this.#read();
    const [one] = all.splice(n, 1);
    if (!one) return;
    if (!this.#keep(all, true))
      return this.#deps.notices.set('aside', { tone: 'wrong', text: { key: 'workbench.aside.full' } }); // prettier-ignore
    this.#show(one, true);
    this.#say('back');
  }

  #say(what: 'taken' | 'given' | 'back'): void {
    const { notices } = this.#deps;
    const back = { label: { key: `workbench.aside.undo.${what}` }, action: { do: 'put-back' as const } }; // prettier-ignore
    const close = { label: { key: 'workbench.close' }, action: { do: 'dismiss', subject: 'aside' } } as const; // prettier-ignore
    notices.set('aside', undefined);
    notices.set('aside', {
      text: { key: `workbench.aside.${what}` },
      actions: what === 'given' ? [close] : [back, close],
    });
  }

  /** @param isAll there are no other broker files than these */
  #show({ files, broker }: Work, isAll = false): void {
    const { programs, files: drafts } = this.#deps;
    programs.replace(files);
    if (isAll) drafts.forget();
    if (!broker) return;
    // A mode is part of a file: what replaces the text replaces it, too.
    const { modes: _gone, ...before } = drafts.load();
    const all = isAll ? broker : { ...before, ...broker };
    drafts.save(all);
    drafts.apply(all);
  }

  /** Puts aside what is there now, before those. False if the browser has no room for it. */
  #keep(others: readonly Aside[], always = false): boolean {
    const { programs, store, now = Date.now } = this.#deps;
    programs.save();
    const { work } = this;
    const isOwn = work.files.some(({ name, text }) => text !== programs.starter(name));
    const isChanged = isOwn || this.#deps.files.isChanged;
    const text = JSON.stringify({ files: work.files, broker: work.broker });
    const isThere = others.some(({ files, broker }) => JSON.stringify({ files, broker }) === text);
    if (!always && (!isChanged || isThere)) return true;
    const all = [{ ...work, at: now() }, ...others].slice(0, mostAside);
    while (all.length > 1 && JSON.stringify(all).length > mostText) all.pop();
    return store.setItem(this.#key, JSON.stringify(all)) !== false;
  }

  #read(): Aside[] {
    try {
      const kept: unknown = JSON.parse(this.#deps.store.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.flatMap((one) => asideOf(one) ?? []) : [];
    } catch {
      return [];
    }
  }
}

function asideOf(value: unknown): Aside | undefined {
  const { at, files, broker } = (value ?? {}) as Record<string, unknown>;
  if (typeof at !== 'number' || !Array.isArray(files)) return undefined;
  const known = files.filter(
    (one: unknown): one is { name: string; text: string } =>
      typeof (one as Record<string, unknown> | null)?.['name'] === 'string' &&
      typeof (one as Record<string, unknown>)['text'] === 'string',
  );
  const kept = broker === undefined ? undefined : brokerFilesOf(broker);
  return { at, files: known, ...(kept && { broker: kept }) };
}

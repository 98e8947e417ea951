/** What the teacher gives for exercises: what is given now, and what is being written. */
import type { RoomFileName } from '../../../sandbox/protocol/exercise.ts';
import { fileNamesIn } from '../../../sandbox/protocol/exercise.ts';
import { mostStarterBytes, readStarter, type Given, type Starter } from '../../../sandbox/protocol/starter.ts'; // prettier-ignore
import { ClassError, say } from '../class-api.ts';
import { exerciseTexts } from './lesson-texts.ts';

/** A file as the course has it, and as the teacher has written it. */
export interface DraftFile {
  name: string;
  own: string;
  text: string;
  isBroker: boolean;
}
export interface StarterState {
  /** By who they are for and the exercise. `to`: a member's id, or `all`. */
  given: ReadonlyMap<string, { to: string; starter: Starter }>;
  /** `files`: null while they are read, or if they could not be. */
  draft: { exercise: string; files: readonly DraftFile[] | null; isUnread: boolean } | null;
  /** A key of the words. */
  said: { key: string; isGood: boolean; values?: Record<string, number> } | null;
}
export const noStarters: StarterState = { given: new Map(), draft: null, said: null };

/** Only what the teacher has changed. */
export const givenOf = (files: readonly DraftFile[]): Given => {
  const changed = files.filter(({ own, text }) => own !== text);
  const plain = (one: DraftFile) => ({ name: one.name, text: one.text });
  return {
    files: changed.filter(({ isBroker }) => !isBroker).map(plain),
    broker: changed
      .filter(({ isBroker }) => isBroker)
      .map((one) => ({ name: one.name as RoomFileName, text: one.text })),
  };
};
/** Of the message, but for what the server adds. */
export const bytesOf = (given: Given): number =>
  new TextEncoder().encode(JSON.stringify(given)).length;
/** Bytes that the server adds at most. */
export const addedBytes = 400;

/** @returns the key of its sentence. */
export const refusal = (error: unknown): string => {
  const known = ['too-many-starters', 'bad-request', 'not-teacher', 'unknown-exercise', 'no-member', 'no-class']; // prettier-ignore
  const key = error instanceof ClassError ? error.key : 'unreachable';
  return `starter.failed.${known.includes(key) ? key : 'unreachable'}`;
};

export interface StartersHost {
  state(): StarterState;
  change(next: Partial<StarterState>): void;
  classId(): string;
  /** Address of a lesson, with `{lesson}` for its id. */
  lesson: string;
}

export class Starters {
  readonly #host: StartersHost;

  constructor(host: StartersHost) {
    this.#host = host;
  }

  /** From the class's broker; an empty message takes it back. */
  heard(to: string, exercise: string, payload: Uint8Array): void {
    const given = new Map(this.#host.state().given);
    const starter = readStarter(payload);
    if (starter) given.set(`${to} ${exercise}`, { to, starter });
    else given.delete(`${to} ${exercise}`);
    this.#host.change({ given });
  }

  async open(exercise: string): Promise<void> {
    const draft = { exercise, files: null, isUnread: false };
    this.#host.change({ draft, said: null });
    const lesson = this.#host.lesson.replace('{lesson}', exercise.split('/')[0] ?? '');
    const data = await exerciseTexts(lesson, exercise);
    if (this.#host.state().draft !== draft) return;
    if (!data) return this.#host.change({ draft: { ...draft, isUnread: true } });
    const programs = data.devices.map(({ name, starter }) => ({ name, own: starter, text: starter, isBroker: false })); // prettier-ignore
    const broker = fileNamesIn(data.files)
      .filter((name) => data.files[name] !== undefined)
      .map((name) => ({ name, own: data.files[name]!, text: data.files[name]!, isBroker: true }));
    this.#host.change({ draft: { ...draft, files: [...programs, ...broker] } });
  }

  write(name: string, text: string): void {
    const { draft } = this.#host.state();
    if (!draft?.files) return;
    const files = draft.files.map((one) => (one.name === name ? { ...one, text } : one));
    this.#host.change({ draft: { ...draft, files }, said: null });
  }

  /** @param to a member's id, or `all` */
  async give(to: string): Promise<void> {
    const { draft } = this.#host.state();
    if (!draft?.files) return;
    const given = givenOf(draft.files);
    const n = bytesOf(given) + addedBytes;
    if (given.files.length + given.broker.length === 0)
      return this.#say({ key: 'starter.nothing', isGood: false });
    if (n > mostStarterBytes)
      return this.#say({ key: 'starter.long', isGood: false, values: { n, most: mostStarterBytes } }); // prettier-ignore
    await this.#ask(draft.exercise, to, given, 'starter.given');
  }

  async back(to: string, exercise: string): Promise<void> {
    await this.#ask(exercise, to, null, 'starter.back.done');
  }

  async #ask(exercise: string, to: string, given: Given | null, done: string): Promise<void> {
    this.#say(null);
    try {
      const whom = to === 'all' ? {} : { to };
      const isKept = await say(this.#host.classId(), { type: 'starter', exercise, given, ...whom });
      this.#say(isKept ? { key: done, isGood: true } : { key: 'lead.notKept', isGood: false });
    } catch (error) {
      this.#say({ key: refusal(error), isGood: false });
    }
  }

  #say(said: StarterState['said']): void {
    this.#host.change({ said });
  }
}

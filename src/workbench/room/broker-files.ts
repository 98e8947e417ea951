import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { TextStore } from '../store/drafts.ts';

const names = ['mosquitto.conf', 'passwd', 'acl'] as const;
/** A watch request carries all three; the room takes 256 KB. */
const longest = 60_000;
/** What a broker without files of its own is like, in a file. */
export const plainFiles: BrokerFiles = {
  'mosquitto.conf': 'listener 1883\nallow_anonymous true\n',
};
const orPlain = (files: BrokerFiles = {}): BrokerFiles =>
  Object.keys(files).length > 0 ? files : plainFiles;

/** The broker's files of an exercise: what the learner has written, and what the broker was given. */
export class BrokerFileDrafts {
  readonly #store: TextStore;
  readonly #own: BrokerFiles;
  readonly #key: string;
  readonly #listeners = new Set<(files: BrokerFiles) => void>();

  /** @param own the exercise's; empty where the broker is not its subject */
  constructor(store: TextStore, exercise: string, own: BrokerFiles) {
    this.#store = store;
    this.#own = own;
    this.#key = `retained:broker-files:${exercise}`;
  }

  load(): BrokerFiles {
    return this.#read('draft') ?? { ...this.#own };
  }
  save(files: BrokerFiles): void {
    this.#write('draft', files);
    this.#tell();
  }
  /** Hears of each change of what is written, and of what is applied. */
  onChange(listener: (files: BrokerFiles) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What each run gives the broker; undefined where the exercise has no files and none were applied. */
  get applied(): BrokerFiles | undefined {
    const files = this.#read('applied') ?? this.#own;
    return Object.keys(files).length > 0 ? files : undefined;
  }
  apply(files: BrokerFiles): void {
    this.#write('applied', files);
    this.#tell();
  }
  /** The files that were changed since the broker was given them; it doesn't know of that yet. */
  get unapplied(): readonly string[] {
    const [written, given] = [orPlain(this.load()), orPlain(this.applied)];
    return names.filter((name) => written[name] !== given[name]);
  }
  /** Everything as the exercise has it. */
  forget(): void {
    this.#store.removeItem(`${this.#key}:applied`);
    this.#store.removeItem(`${this.#key}:draft`);
    this.#tell();
  }

  #tell(): void {
    const files = this.load();
    for (const listener of this.#listeners) listener(files);
  }

  #write(what: 'draft' | 'applied', files: BrokerFiles): void {
    const key = `${this.#key}:${what}`;
    const text = JSON.stringify(files);
    if (text === JSON.stringify(this.#own)) this.#store.removeItem(key);
    else if (text.length <= 4 * longest) this.#store.setItem(key, text);
  }
  #read(what: 'draft' | 'applied'): BrokerFiles | undefined {
    try {
      const kept = this.#store.getItem(`${this.#key}:${what}`);
      return kept === null ? undefined : brokerFilesOf(JSON.parse(kept));
    } catch {
      return undefined;
    }
  }
}

/** Only the names that a broker has, with texts of a sensible length; undefined where it is no object. */
export function brokerFilesOf(value: unknown): BrokerFiles | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const files: BrokerFiles = {};
  for (const name of names) {
    const text = (value as Record<string, unknown>)[name];
    if (typeof text === 'string' && text.length <= longest) files[name] = text;
  }
  return files;
}

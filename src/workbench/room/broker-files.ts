import {
  brokerFileNames,
  cloudFileNames,
  hasFiles,
  type BrokerFiles,
  type FileModes,
} from '../../../sandbox/protocol/exercise.ts';
import { isMosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';
import type { TextStore } from '../store/drafts.ts';
import { Emitter } from '../store/emitter.ts';

const names = [...brokerFileNames, ...cloudFileNames];
/** A watch request carries all; the room takes 256 KB. */
const longest = 60_000;
/** A mosquitto.conf for what a broker without files does. */
export const plainFiles: BrokerFiles = {
  'mosquitto.conf': 'listener 1883\nallow_anonymous true\n',
};
const orPlain = (files: BrokerFiles = {}): BrokerFiles => (hasFiles(files) ? files : plainFiles);

/** The broker's files of an exercise: the learner's text, and the text that was applied. */
export class BrokerFileDrafts {
  readonly #store: TextStore;
  readonly #own: BrokerFiles;
  readonly #key: string;
  #container: (() => BrokerFiles) | undefined;
  readonly #changes = new Emitter<BrokerFiles>();

  /** @param own the exercise's; empty if the broker is not its subject */
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
    this.#changed();
  }
  /** Called after each change of what is written, and of what is applied. */
  onChange(listener: (files: BrokerFiles) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** A container has the broker: what each run gives it. Gone with the page, as the containers are. */
  contain(files: (() => BrokerFiles) | undefined): void {
    this.#container = files;
  }

  /** The files that each run gives the broker; undefined if the exercise has none and none were applied. */
  get applied(): BrokerFiles | undefined {
    if (this.#container) return this.#container();
    const files = this.#read('applied') ?? this.#own;
    return hasFiles(files) ? files : undefined;
  }
  apply(files: BrokerFiles): void {
    this.#write('applied', files);
    this.#changed();
  }
  /**
   * Names of the files whose text, owner, group or mode was changed since they were applied; `mosquitto`: its
   * version; `/etc/mosquitto`: the owner, group or mode of the directory.
   */
  get unapplied(): readonly string[] {
    const [written, given] = [orPlain(this.load()), orPlain(this.applied)];
    // A container has the version of its image, and asks for no rights.
    if (given.container !== undefined)
      Object.assign(given, { mosquitto: written.mosquitto, modes: written.modes });
    return [
      ...([...names, 'mosquitto'] as const).filter(
        (name) =>
          written[name] !== given[name] || modeText(written, name) !== modeText(given, name),
      ),
      ...(modeText(written, '.') === modeText(given, '.') ? [] : ['/etc/mosquitto']),
    ];
  }
  /** Whether anything was written or applied that is not the exercise's own. */
  get isChanged(): boolean {
    return this.#read('draft') !== undefined || this.#read('applied') !== undefined;
  }
  /** Restores the exercise's own files. */
  forget(): void {
    this.#store.removeItem(`${this.#key}:applied`);
    this.#store.removeItem(`${this.#key}:draft`);
    this.#changed();
  }

  #changed(): void {
    this.#changes.emit(this.load());
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

/** Owner, group and mode, if they are not the usual ones. */
const modeText = ({ modes = {} }: BrokerFiles, name: string): string | undefined =>
  modes[name as keyof FileModes];

/** Owners and modes of a form that they have, of the names that can have one. */
function modesOf(value: unknown): FileModes | undefined {
  const given = (value ?? {}) as Record<string, unknown>;
  const modes: FileModes = {};
  for (const name of ['.', ...brokerFileNames] as const) {
    const mode = Object.hasOwn(given, name) && given[name];
    if (typeof mode === 'string' && /^[\w-]{1,32}:[\w-]{1,32} [0-7]{1,4}$/.test(mode))
      modes[name] = mode;
  }
  return Object.keys(modes).length > 0 ? modes : undefined;
}

/** Only the names that a broker has, with texts of a bounded length; undefined if it is no object. */
export function brokerFilesOf(value: unknown): BrokerFiles | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const files: BrokerFiles = {};
  for (const name of names) {
    const text = (value as Record<string, unknown>)[name];
    if (typeof text === 'string' && text.length <= longest) files[name] = text;
  }
  const { mosquitto, modes: given } = value as Record<string, unknown>;
  if (isMosquittoVersion(mosquitto)) files.mosquitto = mosquitto;
  const modes = modesOf(given);
  if (modes) files.modes = modes;
  return files;
}

import type { LineMap } from '../compile/compiled.ts';
import { originalPosition } from '../compile/compiled.ts';
import type { Drafts } from '../store/drafts.ts';
import type { CodeEditor } from './code-editor.ts';
import type { Compiled } from './session.ts';

/** A second without a key is when a draft is written; leaving the page writes it too. */
const draftMs = 400;

/** The learner's programs: what the editor shows, what is kept of it, and what it was compiled to. */
export class Programs {
  readonly #starters: ReadonlyMap<string, string>;
  readonly #drafts: Drafts;
  readonly #maps = new Map<string, LineMap>();
  readonly #unsaved = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #editor = Promise.withResolvers<CodeEditor>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready: CodeEditor | undefined;

  constructor(devices: readonly { name: string; starter: string }[], drafts: Drafts) {
    this.#starters = new Map(devices.map(({ name, starter }) => [name, starter]));
    this.#drafts = drafts;
    this.#editor.promise.catch(() => {});
  }

  /** As they stand now: in the editor, or in the drafts while there is none. */
  get files(): { name: string; text: string }[] {
    return [...this.#starters.keys()].map((name) => ({ name, text: this.text(name) }));
  }
  text(file: string): string {
    return this.#ready?.text(file) ?? this.#drafts.load(file) ?? this.#starters.get(file) ?? '';
  }
  get editor(): CodeEditor | undefined {
    return this.#ready;
  }

  /** Whoever waits for a compilation waits for this. */
  use(editor: CodeEditor): void {
    this.#ready = editor;
    this.#editor.resolve(editor);
    editor.onChange((name) => {
      this.#unsaved.add(name);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.save(), draftMs);
      for (const listener of this.#listeners) listener();
    });
  }
  failed(error: unknown): void {
    this.#editor.reject(error);
    this.#editor = Promise.withResolvers<CodeEditor>();
    this.#editor.promise.catch(() => {});
  }

  save(): void {
    clearTimeout(this.#timer);
    for (const name of this.#unsaved) {
      this.#drafts.save(name, this.#ready?.text(name) ?? '', this.#starters.get(name) ?? '');
    }
    this.#unsaved.clear();
  }

  async compile(file: string): Promise<Compiled> {
    const editor = await this.#editor.promise;
    this.save();
    const compiled = await editor.compile(file);
    if ('program' in compiled) this.#maps.set(file, compiled.map);
    return compiled;
  }

  /** Where a position of the compiled program stands in the learner's own text; both 1-based. */
  position(file: string, line?: number, column?: number) {
    const map = this.#maps.get(file);
    if (!map || line === undefined) return undefined;
    return originalPosition(map, line, column ?? 1) ?? undefined;
  }

  /**
   * Puts the first program back, of one file or of all. Answers with the way to undo it, or undefined
   * if nothing changed.
   */
  reset(only?: string): (() => void) | undefined {
    const starters = [...this.#starters]
      .filter(([name]) => only === undefined || name === only)
      .map(([name, text]) => ({ name, text }));
    return this.replace(starters);
  }

  /** Other texts for some files. Answers with the way back, or undefined if nothing changed. */
  replace(files: readonly { name: string; text: string }[]): (() => void) | undefined {
    const known = files.filter(({ name }) => this.#starters.has(name));
    const before = known.map(({ name }) => ({ name, text: this.text(name) }));
    if (known.every(({ text }, i) => text === before[i]!.text)) return undefined;
    this.#put(known);
    return () => this.#put(before);
  }

  #put(changed: readonly { name: string; text: string }[]): void {
    const texts = new Map(changed.map(({ name, text }) => [name, text]));
    const all = [...this.#starters.keys()].map((name) => ({
      name,
      text: texts.get(name) ?? this.text(name),
    }));
    this.#ready?.setFiles(all);
    for (const { name, text } of changed) {
      this.#drafts.save(name, text, this.#starters.get(name) ?? '');
      this.#unsaved.delete(name);
    }
    for (const listener of this.#listeners) listener();
  }

  /** Called after each change, by a person or by `replace`. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

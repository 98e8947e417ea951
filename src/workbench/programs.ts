import type { LineMap } from './compile/compiled.ts';
import { originalPosition } from './compile/compiled.ts';
import type { Drafts } from './drafts.ts';
import type { CodeEditor } from './editor/editor.ts';
import type { Compiled } from './session.ts';

/** A second without a key is when a draft is written; leaving the page writes it too. */
const draftMs = 400;

/** The learner's programs: what the editor shows, what is kept of it, and what it was compiled to. */
export class Programs {
  readonly #starters: ReadonlyMap<string, string>;
  readonly #drafts: Drafts;
  readonly #maps = new Map<string, LineMap>();
  readonly #unsaved = new Set<string>();
  #editor = Promise.withResolvers<CodeEditor>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready: CodeEditor | undefined;

  constructor(devices: readonly { name: string; starter: string }[], drafts: Drafts) {
    this.#starters = new Map(devices.map(({ name, starter }) => [name, starter]));
    this.#drafts = drafts;
    this.#editor.promise.catch(() => {});
  }

  get files(): { name: string; text: string }[] {
    return [...this.#starters].map(([name, starter]) => ({
      name,
      text: this.#drafts.load(name) ?? starter,
    }));
  }
  text(file: string): string {
    return this.#ready?.text(file) ?? this.files.find(({ name }) => name === file)?.text ?? '';
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

  /** Puts the first programs back. Answers with the way to undo it, or undefined if nothing changed. */
  reset(): (() => void) | undefined {
    const before = this.files.map(({ name }) => ({ name, text: this.#ready?.text(name) ?? '' }));
    const starters = [...this.#starters].map(([name, text]) => ({ name, text }));
    if (!this.#ready || before.every(({ name, text }) => text === this.#starters.get(name))) {
      return undefined;
    }
    this.#put(starters);
    return () => this.#put(before);
  }

  #put(files: { name: string; text: string }[]): void {
    this.#ready?.setFiles(files);
    for (const { name } of files) this.#unsaved.add(name);
    this.save();
  }
}

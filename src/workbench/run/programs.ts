import { type Compiled, type LineMap, originalPosition } from '../compile/compiled.ts';
import type { Drafts } from '../store/drafts.ts';
import { Emitter } from '../store/emitter.ts';
import type { CodeEditor } from './code-editor.ts';

/** A draft is saved after this long without a change; leaving the page saves it, too. */
const draftMs = 400;

/** What became of a draft: not kept by the browser, or replaced by what another tab wrote. */
export type DraftEvent = { type: 'unkept' } | { type: 'newer'; file: string };

/** The learner's programs: their text in the editor, their drafts, and their source maps. */
export class EditedPrograms {
  readonly #starters: ReadonlyMap<string, string>;
  readonly #drafts: Drafts;
  readonly #maps = new Map<string, LineMap>();
  readonly #unsaved = new Set<string>();
  readonly #changes = new Emitter();
  readonly #draftEvents = new Emitter<DraftEvent>();
  /** What this tab showed before another tab's text came. */
  readonly #before = new Map<string, string>();
  #editor = Promise.withResolvers<CodeEditor>();
  /** It could not be loaded, and nobody has tried again. */
  #failure: { error: unknown } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready: CodeEditor | undefined;

  constructor(devices: readonly { name: string; starter: string }[], drafts: Drafts) {
    this.#starters = new Map(devices.map(({ name, starter }) => [name, starter]));
    this.#drafts = drafts;
    this.#editor.promise.catch(() => {});
  }

  /** Their current text: the editor's, or the drafts' while there is no editor. */
  get files(): { name: string; text: string }[] {
    return [...this.#starters.keys()].map((name) => ({ name, text: this.text(name) }));
  }
  text(file: string): string {
    return this.#ready?.text(file) ?? this.#drafts.load(file) ?? this.starter(file);
  }
  starter(file: string): string {
    return this.#starters.get(file) ?? '';
  }
  get editor(): CodeEditor | undefined {
    return this.#ready;
  }

  /** Pending compilations wait for this. */
  setEditor(editor: CodeEditor): void {
    this.#ready = editor;
    this.#editor.resolve(editor);
    editor.onChange((name) => {
      this.#unsaved.add(name);
      this.#before.delete(name);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.save(), draftMs);
      this.#changes.emit();
    });
    this.#changes.emit();
  }
  /** The editor is being loaded: compilations wait for it. */
  editorComes(): void {
    this.#failure = undefined;
  }
  /** Rejects pending compilations, and those that come before `editorComes`. */
  editorFailed(error: unknown): void {
    this.#failure = { error };
    this.#editor.reject(error);
    this.#editor = Promise.withResolvers<CodeEditor>();
    this.#editor.promise.catch(() => {});
  }

  save(): void {
    clearTimeout(this.#timer);
    const saved = [...this.#unsaved].map((name) =>
      this.#drafts.save(name, this.#ready?.text(name) ?? '', this.starter(name)),
    );
    this.#unsaved.clear();
    if (saved.includes('unkept')) this.#draftEvents.emit({ type: 'unkept' });
    if (saved.includes('newer')) this.showNewer();
  }

  /** Shows what another tab has written since: an older tab never overwrites it. */
  showNewer(): void {
    for (const name of this.#starters.keys()) {
      const newer = this.#drafts.newer(name);
      const text = newer === null ? this.starter(name) : newer;
      const shown = this.#ready?.text(name);
      if (text === undefined || shown === undefined || text === shown) continue;
      const before = this.#before.get(name) ?? shown;
      this.#show(new Map([[name, text]]));
      this.#before.set(name, before);
      this.#draftEvents.emit({ type: 'newer', file: name });
    }
  }
  /** What this tab showed before `showNewer`, again. */
  restoreBefore(): void {
    this.#put([...this.#before].map(([name, text]) => ({ name, text })));
    this.#before.clear();
  }
  onDraft(listener: (event: DraftEvent) => void): () => void {
    return this.#draftEvents.subscribe(listener);
  }

  async compile(file: string): Promise<Compiled> {
    if (this.#failure) throw this.#failure.error;
    const editor = await this.#editor.promise;
    this.save();
    const compiled = await editor.compile(file);
    if ('program' in compiled) this.#maps.set(file, compiled.map);
    return compiled;
  }

  /** The position in the learner's text of one in the compiled program; both 1-based. */
  position(file: string, line?: number, column?: number) {
    const map = this.#maps.get(file);
    if (!map || line === undefined) return undefined;
    return originalPosition(map, line, column ?? 1) ?? undefined;
  }

  /**
   * Replaces the text of one file, or of all, by its starter. Returns how to undo it, or undefined if
   * nothing changed.
   */
  restoreStarters(only?: string): (() => void) | undefined {
    const starters = [...this.#starters]
      .filter(([name]) => only === undefined || name === only)
      .map(([name, text]) => ({ name, text }));
    return this.replace(starters);
  }

  /** Replaces the text of some files. Returns how to undo it, or undefined if nothing changed. */
  replace(files: readonly { name: string; text: string }[]): (() => void) | undefined {
    const known = files.filter(({ name }) => this.#starters.has(name));
    const before = known.map(({ name }) => ({ name, text: this.text(name) }));
    if (known.every(({ text }, i) => text === before[i]!.text)) return undefined;
    this.#put(known);
    return () => this.#put(before);
  }

  #put(changed: readonly { name: string; text: string }[]): void {
    let isUnkept = false;
    for (const { name, text } of changed) {
      isUnkept = this.#drafts.overwrite(name, text, this.starter(name)) === 'unkept' || isUnkept;
    }
    this.#show(new Map(changed.map(({ name, text }) => [name, text])));
    if (isUnkept) this.#draftEvents.emit({ type: 'unkept' });
  }
  #show(texts: ReadonlyMap<string, string>): void {
    const all = [...this.#starters.keys()].map((name) => ({
      name,
      text: texts.get(name) ?? this.text(name),
    }));
    this.#ready?.setFiles(all);
    for (const name of texts.keys()) this.#unsaved.delete(name);
    this.#changes.emit();
  }

  /** Called when the editor is there, and after each change, by a person or by `replace`. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
}

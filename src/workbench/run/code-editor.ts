import type { Compiled, CompileProblem } from '../compile/compiled.ts';

/** The seam between the workbench and whatever edits text: Monaco, or CodeMirror on a phone. */
export interface EditorFile {
  /** `publisher.ts`; other kinds (`mosquitto.conf`, `acl`) are edited as plain text. */
  name: string;
  text: string;
}
export interface EditorOptions {
  language: 'en' | 'zh-tw';
  theme: 'light' | 'dark';
  files: EditorFile[];
}

export interface CodeEditor {
  /** Replaces all files; the first one is shown. */
  setFiles(files: EditorFile[]): void;
  show(name: string): void;
  /** Throws if there is no such file. */
  text(name: string): string;
  /** Called after each change that a person makes; returns how to stop that. */
  onChange(listener: (name: string, text: string) => void): () => void;
  /** Marks what stopped a run; an empty list clears. The editor's own underlines are not touched. */
  setProblems(problems: CompileProblem[]): void;
  /** Shows the file, moves the cursor there, and writes the message beside the line until it is edited. */
  revealProblem(file: string, line: number, column: number, message: string): void;
  /** Types at the caret. Only an editor for fingers has it. */
  insert?(text: string): void;
  /** Below the caret's line; if it was never placed, below the first comment, else at the end. */
  insertLines?(file: string, text: string): void;
  /** Syntax and imports; types are only underlined. */
  compile(name: string): Promise<Compiled>;
  focus(): void;
  setTheme(theme: 'light' | 'dark'): void;
  setReadOnly(readOnly: boolean): void;
  dispose(): void;
}

import { isInTest } from '../help/in-test.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import { Emitter } from '../store/emitter.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { diffLines, type DiffRow } from './line-diff.ts';

export interface SolutionDeps {
  /** The workbench. */
  element: Element;
  data: Pick<ExerciseData, 'solution'>;
  model: Pick<Model, 'file' | 'on'>;
  programs: Pick<EditedPrograms, 'text' | 'onChange'>;
}

/** The comparison of the program that is shown with its solution, while the learner has it open. */
export class Solution {
  /** Undefined while it is closed. */
  shown: { file: string; rows: readonly DiffRow[] } | undefined;
  readonly #deps: SolutionDeps;
  readonly #changes = new Emitter();
  /** Counts the comparisons: one that is overtaken is not shown. */
  #latest = 0;

  constructor(deps: SolutionDeps) {
    this.#deps = deps;
    // It follows the program that is shown, and its changes.
    const follow = () => this.shown && void this.open();
    deps.model.on('file', follow);
    deps.programs.onChange(follow);
  }

  /** Whether there is one of this file. */
  has(file: string): boolean {
    return this.#of(file) !== undefined;
  }
  /** Closes it if the program that is shown has no solution. */
  async open(): Promise<void> {
    const { file } = this.#deps.model;
    const solution = this.#of(file);
    if (!solution) return this.close();
    const latest = (this.#latest += 1);
    const rows = await diffLines(this.#deps.programs.text(file), solution.text);
    if (latest === this.#latest) this.#show({ file, rows });
  }
  close(): void {
    this.#latest += 1;
    if (this.shown) this.#show(undefined);
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #of(file: string) {
    if (isInTest(this.#deps.element)) return undefined;
    return this.#deps.data.solution.find(({ name }) => name === file);
  }
  #show(shown: Solution['shown']): void {
    this.shown = shown;
    this.#changes.emit();
  }
}

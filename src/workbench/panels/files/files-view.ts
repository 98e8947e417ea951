import {
  mosquittoVersions,
  type MosquittoVersion,
} from '../../../../sandbox/protocol/mosquitto.ts';
import type { FileProblem } from '../../../../sandbox/protocol/exercise.ts';
import type { LogEntry } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { html, nothing, repeat, type TemplateResult } from '../../ui/view.ts';
import { type FileName, tabOf } from './files-status.ts';

export interface FilesModel {
  /** Element id of the editor's place. */
  editorId: string;
  /** The files that there are, those of a second broker last. */
  names: readonly FileName[];
  /** The file in front. */
  shown: FileName;
  applying: boolean;
  /** Its owner, group and mode in octal; undefined on a machine where they are not told. */
  mode: { owner: string; group: string; mode: string } | undefined;
  /** Which Mosquitto reads the files. */
  version: MosquittoVersion;
  /** What the status line says: a sentence on the broker, or on what has just been done. */
  status: { state: string; text: string; undo?: () => void };
  problems: readonly FileProblem[];
  log: readonly LogEntry[];
}
export interface FilesActions {
  show(name: FileName): void;
  /** Shows the file that is so many tabs further, and moves the focus to its tab. */
  walk(by: number): void;
  apply(): void;
  reset(): void;
  choose(version: MosquittoVersion): void;
  goTo(problem: FileProblem): void;
  leaveEditor(): void;
}

/** Mosquitto's own message, unless it is one of the sandbox. */
export const messageOf = ({ key, values, text }: FileProblem, words: Words): string =>
  key === undefined ? text : words(`files.${key}`, values);

/** The broker's files. The editor is put into the element with the role `tabpanel`. */
export function filesView(model: FilesModel, on: FilesActions, words: Words): TemplateResult {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`terminal.files.${key}`, values);
  const { status, applying, editorId } = model;
  // The editor keeps Tab; Escape, once it has nothing of its own to close, leads to Apply.
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    on.leaveEditor();
  };
  const walk = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    on.walk(by);
  };
  const choose = (event: Event) =>
    on.choose((event.target as HTMLSelectElement).value as MosquittoVersion);
  const undo = () =>
    html`<button type="button" class="wb-link" @click=${status.undo}>${t('undo')}</button>`;
  // Apply is above the text: below it, it would lie outside the window of a small screen.
  return html`
    <div class="wb-broker-files-head">
      <div class="wb-broker-files-tabs" role="tablist" aria-label=${t('label')} @keydown=${walk}>
        ${model.names.map(tab)}
      </div>
      <label class="wb-broker-files-version">
        ${t('version')}
        <select .value=${model.version} @change=${choose}>
          ${mosquittoVersions.map(
            (each) =>
              html`<option value=${each} ?selected=${each === model.version}>
                ${t(`version.${each}`)}
              </option>`,
          )}
        </select>
      </label>
    </div>
    <div class="wb-broker-files-bar">
      <button
        type="button"
        class="wb-button"
        aria-disabled=${applying ? 'true' : nothing}
        @click=${on.apply}
      >
        ${t('apply')}
      </button>
      <button type="button" class="wb-link" @click=${on.reset}>${t('reset')}</button>
      <p class="wb-broker-files-status" role="status" data-state=${status.state}>
        ${status.text} ${status.undo ? undo() : nothing}
      </p>
      ${model.mode ? html`<span class="wb-broker-files-mode">${t('mode', model.mode)}</span>` : nothing}
    </div>
    <ul class="wb-broker-files-problems" aria-label=${t('problems')}>
      ${[...model.problems].sort((a, b) => rankOf(a) - rankOf(b)).map(problemRow)}
    </ul>
    <div class="wb-broker-files-editor" role="tabpanel" id=${editorId} @keydown=${leave}></div>
    <h3>${t('log')}</h3>
    <div class="wb-broker-files-log" role="log" tabindex="0" aria-label=${t('log')}>
      ${repeat(model.log, ({ n }) => n, logRow)}
    </div>
  `;

  function tab(name: FileName) {
    const isShown = name === model.shown;
    return html`<button
      type="button"
      role="tab"
      aria-controls=${editorId}
      data-file=${name}
      aria-selected=${isShown}
      tabindex=${isShown ? 0 : -1}
      @click=${() => on.show(name)}
    >
      ${name}
    </button>`;
  }
  function problemRow(problem: FileProblem) {
    const { line, severity } = problem;
    const where = t('where', { file: tabOf(problem) ?? problem.file, line });
    const link = () =>
      html`<button type="button" class="wb-link" @click=${() => on.goTo(problem)}>
        ${where}
      </button>`;
    return html`<li data-severity=${severity}>
      ${line > 0 ? link() : nothing} <span>${messageOf(problem, words)}</span>
    </li>`;
  }
}

/** What stops the broker comes first: not all of them may be in sight. */
const rankOf = ({ severity }: FileProblem): number => (severity === 'warning' ? 1 : 0);

const logRow = ({ level, text, on }: LogEntry) =>
  html`<div data-level=${level}>${on ? html`<b class="wb-mark">${on}</b> ` : nothing}${text}</div>`;

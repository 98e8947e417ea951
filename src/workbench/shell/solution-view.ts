import type { Words } from '../i18n/words.ts';
import { iconView } from '../ui/icons.ts';
import { createView, html, nothing, type TemplateResult } from '../ui/view.ts';
import type { DiffRow } from './line-diff.ts';
import type { Solution } from './solution.ts';

/**
 * The solution beside the learner's own program, line by line; the program is not changed.
 * @param focusToolbar gives the focus back when it is closed
 */
export function createSolutionView(
  words: Words,
  solution: Solution,
  focusToolbar: () => void,
): HTMLElement {
  const close = (): void => {
    solution.close();
    focusToolbar();
  };
  const { element, draw } = createView(() => solutionView(solution.shown, close, words));
  solution.subscribe(() => {
    const wasHidden = element.hidden;
    const hadFocus = element.contains(document.activeElement);
    draw();
    if (element.hidden && hadFocus) focusToolbar();
    if (wasHidden && !element.hidden) element.querySelector<HTMLElement>('[role=table]')!.focus();
  });
  return element;
}

function solutionView(shown: Solution['shown'], close: () => void, words: Words): TemplateResult {
  const label = words('workbench.solution');
  return html`<section role="group" class="wb-solution" aria-label=${label} ?hidden=${!shown}>
    <div class="wb-detail-head">
      <span>${shown ? words('workbench.solution.title', { file: shown.file }) : nothing}</span>
      <button type="button" class="wb-plain" @click=${close}>
        ${iconView('close')}<span class="wb-spoken">${words('workbench.solution.close')}</span>
      </button>
    </div>
    <p class="wb-empty">${shown ? words(noteOf(shown.rows)) : nothing}</p>
    <div class="wb-difference" role="table" tabindex="0" aria-label=${label}>
      <div class="wb-difference-row wb-difference-head" role="row">
        <span role="columnheader">${words('workbench.solution.yours')}</span>
        <span role="columnheader">${words('workbench.solution.solution')}</span>
      </div>
      ${shown?.rows.map((row) => rowView(row, words))}
    </div>
  </section>`;
}

const noteOf = (rows: readonly DiffRow[]) =>
  rows.every(({ kind }) => kind === 'same') ? 'workbench.solution.same' : 'workbench.solution.note';

/** A sign besides the colour: − for what only the learner has, + for what only the solution has. */
function rowView({ kind, yours, solution }: DiffRow, words: Words): TemplateResult {
  return html`<div class="wb-difference-row" role="row" data-kind=${kind}>
    ${cellView('yours', yours)} ${cellView('solution', solution)}
  </div>`;

  // Tight: a cell without a line is empty for the style sheet, and a space in it is shown.
  function cellView(side: 'yours' | 'solution', line: string | undefined) {
    const isOnly = kind !== 'same' && line !== undefined;
    const spoken = html`<span class="wb-spoken"
      >${`${words(`workbench.solution.only-${side}`)}: `}</span
    >`;
    // prettier-ignore
    return html`<code role="cell" data-side=${side} ?data-only=${isOnly}>${
      isOnly ? spoken : nothing}${line ?? nothing}</code>`;
  }
}

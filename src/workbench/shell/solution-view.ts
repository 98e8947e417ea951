import { diffLines, type DiffRow } from './line-diff.ts';
import { h } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import type { Words } from '../i18n/words.ts';

/**
 * The solution beside the learner's own program, line by line; the program is not changed.
 * @param onClose gives the focus back
 */
export function createSolutionView(words: Words, onClose: () => void) {
  const body = h('div', {
    class: 'wb-difference',
    role: 'table',
    tabindex: 0,
    'aria-label': words('workbench.solution'),
  });
  const note = h('p', { class: 'wb-empty' });
  const title = h('span', {});
  const element = h(
    'section',
    {
      role: 'group',
      class: 'wb-solution',
      'aria-label': words('workbench.solution'),
      hidden: true,
    },
    h(
      'div',
      { class: 'wb-detail-head' },
      title,
      h(
        'button',
        { type: 'button', class: 'wb-plain', onclick: () => close() },
        icon('close'),
        h('span', { class: 'wb-spoken' }, words('workbench.solution.close')),
      ),
    ),
    note,
    body,
  );

  function close(): void {
    element.hidden = true;
    onClose();
  }

  return {
    element,
    get isOpen() {
      return !element.hidden;
    },
    close,
    async show(file: string, own: string, solution: string, focus: boolean): Promise<void> {
      const rows = await diffLines(own, solution);
      const same = rows.every(({ kind }) => kind === 'same');
      title.textContent = words('workbench.solution.title', { file });
      note.textContent = words(same ? 'workbench.solution.same' : 'workbench.solution.note');
      const heads = ['yours', 'solution'].map((side) =>
        h('span', { role: 'columnheader' }, words(`workbench.solution.${side}`)),
      );
      body.replaceChildren(
        h('div', { class: 'wb-difference-row wb-difference-head', role: 'row' }, ...heads),
        ...rows.map((row) => rowElement(row, words)),
      );
      const opened = element.hidden;
      element.hidden = false;
      if (opened && focus) body.focus();
    },
  };
}

export type SolutionView = ReturnType<typeof createSolutionView>;

/** A sign besides the colour: − for what only the learner has, + for what only the solution has. */
function rowElement(row: DiffRow, words: Words): HTMLElement {
  const cell = (side: 'yours' | 'solution', line: string | undefined) => {
    const only = row.kind !== 'same' && line !== undefined;
    return h(
      'code',
      { role: 'cell', 'data-side': side, 'data-only': only },
      only && h('span', { class: 'wb-spoken' }, `${words(`workbench.solution.only-${side}`)}: `),
      line ?? '',
    );
  };
  return h(
    'div',
    { class: 'wb-difference-row', role: 'row', 'data-kind': row.kind },
    cell('yours', row.yours),
    cell('solution', row.solution),
  );
}

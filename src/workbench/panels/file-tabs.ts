import type { Words } from '../words.ts';
import { h } from './dom.ts';

/** The programs of an exercise by name; one alone is a heading, not a choice. */
export function createFileTabs(
  files: readonly string[],
  words: Words,
  onShow: (file: string) => void,
) {
  if (files.length < 2) {
    const element = h(
      'div',
      { class: 'wb-files' },
      h('span', { class: 'wb-file' }, files[0] ?? ''),
    );
    return { element, select: () => {} };
  }
  const tabs = files.map((file) =>
    h(
      'button',
      {
        type: 'button',
        class: 'wb-file',
        role: 'tab',
        'aria-selected': 'false',
        tabindex: -1,
        onclick: () => select(file),
      },
      file,
    ),
  );
  const element = h(
    'div',
    {
      class: 'wb-files',
      role: 'tablist',
      'aria-label': words('workbench.files'),
      onkeydown: (event: KeyboardEvent) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step === undefined) return;
        const at = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
        const next = (at + step + tabs.length) % tabs.length;
        select(files[next]!);
        tabs[next]?.focus();
      },
    },
    ...tabs,
  );
  function select(file: string): void {
    tabs.forEach((tab, i) => {
      const on = files[i] === file;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
    });
    onShow(file);
  }
  return { element, select };
}

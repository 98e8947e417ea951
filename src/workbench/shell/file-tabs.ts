import type { DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';
import { h, newId, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { createMenu } from '../ui/menu.ts';

/** What a tab says of its device; `frozen` and `busy` come on top of running. */
export type TabState = DeviceState | 'busy' | 'frozen';
export interface FileTabsActions {
  show(file: string): void;
  run(file: string): void;
  /** With its DISCONNECT. */
  end(file: string): void;
  /** Without: its line is cut. */
  kill(file: string): void;
  freeze(file: string, frozen: boolean): void;
}

/**
 * The programs by name, each with its state, and what can be done to the one in front. One program
 * alone is a heading, not a choice, and Run above is its Run.
 */
export function createFileTabs(files: readonly string[], words: Words, on: FileTabsActions) {
  const many = files.length > 1;
  let selected = files[0] ?? '';
  const states = new Map<string, TabState>(files.map((file) => [file, 'off']));
  const id = newId('program');

  const tabs = files.map((file) => {
    const mark = h('span', { class: 'wb-tab-mark', 'aria-hidden': 'true' });
    const spoken = h('span', { class: 'wb-spoken' });
    const attributes = { class: 'wb-file', 'data-state': 'off', 'data-file': file };
    const element = many
      ? h(
          'button',
          {
            ...attributes,
            type: 'button',
            role: 'tab',
            id: `${id}-${file}`,
            'aria-controls': id,
            onclick: () => select(file),
          },
          mark,
          file,
          spoken,
        )
      : h('span', attributes, mark, file, spoken);
    return { file, element, spoken };
  });
  const runOne = h('button', { type: 'button', class: 'wb-button wb-run-one', hidden: !many });
  runOne.addEventListener('click', () => (runs() ? on.kill(selected) : on.run(selected)));
  const menu = createMenu(words('workbench.device'), menuItems, { class: 'wb-panel-more' });
  const list = h(
    'div',
    {
      class: 'wb-file-list',
      role: many ? 'tablist' : undefined,
      'aria-label': many ? words('workbench.files') : undefined,
      onkeydown: many ? onKey : undefined,
    },
    ...tabs.map(({ element }) => element),
  );
  const element = h('div', { class: 'wb-files' }, list, runOne, menu.element);

  const runs = () => !['off', 'ended', 'failed'].includes(states.get(selected) ?? 'off');

  function menuItems() {
    const file = selected;
    const frozen = states.get(file) === 'frozen';
    const idle = !runs();
    return [
      { label: words('workbench.device.run'), note: 'Alt+Enter', do: () => on.run(file) },
      { label: words('workbench.device.end'), disabled: idle, do: () => on.end(file) },
      { label: words('workbench.device.kill'), disabled: idle, do: () => on.kill(file) },
      {
        label: words('workbench.device.freeze'),
        checked: frozen,
        disabled: idle && !frozen,
        do: () => on.freeze(file, !frozen),
      },
    ];
  }

  function select(file: string): void {
    selected = file;
    draw();
    on.show(file);
  }

  function draw(): void {
    for (const { file, element, spoken } of tabs) {
      const state = states.get(file) ?? 'off';
      element.dataset.state = state;
      setText(spoken, state === 'off' ? '' : `, ${words(`workbench.device.state.${state}`)}`);
      element.title = words(`workbench.device.state.${state}`);
      if (!many) continue;
      element.setAttribute('aria-selected', String(file === selected));
      element.tabIndex = file === selected ? 0 : -1;
    }
    const word = words(runs() ? 'workbench.device.stop-one' : 'workbench.device.run-one');
    if (runOne.dataset.runs === String(runs())) return;
    runOne.dataset.runs = String(runs());
    runOne.replaceChildren(icon(runs() ? 'stop' : 'run'), h('span', {}, word));
  }

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !(event.target as Element).closest('[role=tab]')) return;
    event.preventDefault();
    next(step);
    tabs.find(({ file }) => file === selected)?.element.focus();
  }
  function next(step: number): void {
    const at = files.indexOf(selected);
    select(files[(at + step + files.length) % files.length]!);
  }

  draw();
  return {
    element,
    /** The `id` of the tab's panel: the editor's element takes it. */
    panelId: many ? id : undefined,
    get selected() {
      return selected;
    },
    /** Marks the tab of a file that is shown already. */
    shown(file: string): void {
      if (!states.has(file) || file === selected) return;
      selected = file;
      draw();
    },
    select,
    next,
    state(file: string, state: TabState): void {
      if (states.get(file) === state) return;
      states.set(file, state);
      draw();
    },
  };
}

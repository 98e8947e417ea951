import type { DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import { h, newId, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { createMenu } from '../ui/menu.ts';
import type { Actions } from './actions.ts';

/** The state of a tab's device; `frozen` and `busy` refine `running`. */
type TabState = DeviceState | 'busy' | 'frozen';
export interface FileTabsDeps {
  files: readonly string[];
  words: Words;
  model: Model;
  conditions: LineConditions;
  actions: Pick<Actions, 'runOne' | 'end' | 'kill' | 'freeze'>;
}

/**
 * The tabs of the programs, each with its device's state, and what can be done to the selected one.
 * A single program is a heading, not a choice, and Run above is its Run.
 */
export function createFileTabs({ files, words, model, conditions, actions: on }: FileTabsDeps) {
  const many = files.length > 1;
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
            onclick: () => model.showFile(file),
          },
          mark,
          file,
          spoken,
        )
      : h('span', attributes, mark, file, spoken);
    return { file, element, spoken };
  });
  const runOne = h('button', { type: 'button', class: 'wb-button wb-run-one', hidden: !many });
  runOne.addEventListener('click', () => (runs() ? on.kill : on.runOne)(model.file));
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

  function stateOf(file: string): TabState {
    const device = file.replace(/\.ts$/, '');
    if (conditions.of(device).frozen === true) return 'frozen';
    const state = model.record.states.get(device) ?? 'off';
    return state === 'running' && model.busy.includes(device) ? 'busy' : state;
  }
  const runs = () => !['off', 'ended', 'failed'].includes(stateOf(model.file));

  function menuItems() {
    const { file } = model;
    const frozen = stateOf(file) === 'frozen';
    const idle = !runs();
    return [
      { label: words('workbench.device.run'), note: 'Alt+Enter', do: () => on.runOne(file) },
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

  let drawn = '';
  function draw(): void {
    const signature = [model.file, ...files.map(stateOf)].join();
    if (signature === drawn) return;
    drawn = signature;
    for (const { file, element, spoken } of tabs) {
      const state = stateOf(file);
      element.dataset.state = state;
      setText(spoken, state === 'off' ? '' : `, ${words(`workbench.device.state.${state}`)}`);
      element.title = words(`workbench.device.state.${state}`);
      if (!many) continue;
      element.setAttribute('aria-selected', String(file === model.file));
      element.tabIndex = file === model.file ? 0 : -1;
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
    tabs.find(({ file }) => file === model.file)?.element.focus();
  }
  function next(step: number): void {
    const at = files.indexOf(model.file);
    model.showFile(files[(at + step + files.length) % files.length]!);
  }

  model.on('file', draw);
  model.on('session', draw);
  const stops = [model.record.subscribe(draw), conditions.subscribe(draw)];
  draw();
  return {
    element,
    /** The `id` of the tab's panel: the editor's element takes it. */
    panelId: many ? id : undefined,
    next,
    dispose: () => stops.forEach((stop) => stop()),
  };
}

import type { DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { newId } from '../ui/dom.ts';
import { iconView } from '../ui/icons.ts';
import { createMenu, type MenuItem } from '../ui/menu.ts';
import { createView, html, nothing, type TemplateResult } from '../ui/view.ts';
import { type Actions, deviceOf } from './actions.ts';

/** The state of a tab's device; `frozen` and `busy` refine `running`. */
type TabState = DeviceState | 'busy' | 'frozen';
export interface FileTabsDeps {
  data: Pick<ExerciseData, 'devices'>;
  words: Words;
  model: Model;
  conditions: LineConditions;
  actions: Pick<Actions, 'runOne' | 'end' | 'kill' | 'freeze' | 'showNext'>;
  /** Somebody wants to see a program. */
  onOpen(): void;
}
interface FileTabsModel {
  /** The `id` of the tabs' panel. */
  panelId: string;
  tabs: readonly { file: string; state: TabState; given: boolean }[];
  /** The file that is shown. */
  file: string;
  menu: HTMLElement;
}
type TabModel = FileTabsModel['tabs'][number];
interface FileTabsActions {
  show(file: string): void;
  step(step: 1 | -1): void;
  runOne(): void;
  stopOne(): void;
}

const runs = (state: TabState | undefined) =>
  state !== undefined && !['off', 'ended', 'failed'].includes(state);

/** The tabs of the programs, each with its device's state, and what can be done to the selected one. */
export function createFileTabs(deps: FileTabsDeps) {
  const { words, model, conditions, actions } = deps;
  const { devices } = deps.data;
  // Where all are given, the editor's line says so.
  const isMixed = devices.some(({ given }) => !given);
  const panelId = newId('program');
  const menu = createMenu(words('workbench.device'), menuItems, { class: 'wb-panel-more' }).element;
  const on: FileTabsActions = {
    show(file) {
      model.showFile(file);
      deps.onOpen();
    },
    step: actions.showNext,
    runOne: () => actions.runOne(model.file),
    stopOne: () => actions.kill(model.file),
  };
  const { element, draw } = createView(() => {
    const tabs = devices.map(({ name: file, given }) => {
      return { file, state: stateOf(file), given: isMixed && given === true };
    });
    return fileTabsView({ panelId, tabs, file: model.file, menu }, on, words);
  });

  function stateOf(file: string): TabState {
    const device = deviceOf(file);
    if (conditions.of(device).frozen === true) return 'frozen';
    const state = model.record.states.get(device) ?? 'off';
    return state === 'running' && model.busy.includes(device) ? 'busy' : state;
  }
  function menuItems(): MenuItem[] {
    const { file } = model;
    const frozen = stateOf(file) === 'frozen';
    const idle = !runs(stateOf(file));
    return [
      { label: words('workbench.device.run'), note: 'Alt+Enter', do: () => actions.runOne(file) },
      { label: words('workbench.device.end'), disabled: idle, do: () => actions.end(file) },
      { label: words('workbench.device.kill'), disabled: idle, do: () => actions.kill(file) },
      {
        label: words('workbench.device.freeze'),
        checked: frozen,
        disabled: idle && !frozen,
        do: () => actions.freeze(file, !frozen),
      },
    ];
  }

  model.on('file', draw);
  model.on('session', draw);
  const stops = [model.record.subscribe(draw), conditions.subscribe(draw)];
  return {
    element,
    /** The `id` of the tabs' panel: the editor's element takes it. */
    panelId: devices.length > 1 ? panelId : undefined,
    dispose: () => stops.forEach((stop) => stop()),
  };
}

/** A single program is a heading, not a choice, and Run above is its Run. */
function fileTabsView(
  { panelId, tabs, file: shown, menu }: FileTabsModel,
  on: FileTabsActions,
  words: Words,
): TemplateResult {
  const many = tabs.length > 1;
  const isRunning = runs(tabs.find(({ file }) => file === shown)?.state);
  const word = words(isRunning ? 'workbench.device.stop-one' : 'workbench.device.run-one');
  return html`<div class="wb-files">
    <div
      class="wb-file-list"
      role=${many ? 'tablist' : nothing}
      aria-label=${many ? words('workbench.files') : nothing}
      @keydown=${many ? onKey : nothing}
    >
      ${tabs.map((tab) => (many ? tabView(tab) : headingView(tab)))}
    </div>
    <button
      type="button"
      class="wb-button wb-run-one"
      ?hidden=${!many}
      @click=${isRunning ? on.stopOne : on.runOne}
    >
      ${iconView(isRunning ? 'stop' : 'run')}<span>${word}</span>
    </button>
    ${menu}
  </div>`;

  function tabView({ file, state, given }: TabModel) {
    const isShown = file === shown;
    // Tight: a space after the file's name would widen the tab.
    // prettier-ignore
    return html`<button
      class="wb-file"
      translate="no"
      data-state=${state}
      data-file=${file}
      type="button"
      role="tab"
      id="${panelId}-${file}"
      aria-controls=${panelId}
      aria-selected=${isShown}
      tabindex=${isShown ? 0 : -1}
      title=${words(`workbench.device.state.${state}`)}
      @click=${() => on.show(file)}
    >${contentView(file, state)}${given ? html`<span class="wb-given">${words('workbench.file.given')}</span>` : nothing}</button>`;
  }
  function headingView({ file, state }: TabModel) {
    return html`<span
      class="wb-file"
      translate="no"
      data-state=${state}
      data-file=${file}
      title=${words(`workbench.device.state.${state}`)}
      >${contentView(file, state)}</span
    >`;
  }
  function contentView(file: string, state: TabState) {
    const spoken = state === 'off' ? '' : `, ${words(`workbench.device.state.${state}`)}`;
    return html`<span class="wb-tab-mark" aria-hidden="true"></span>${file}<span class="wb-spoken"
        >${spoken}</span
      >`;
  }
  function onKey(event: KeyboardEvent): void {
    const step = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key];
    const list = event.currentTarget as HTMLElement;
    if (step === undefined || !(event.target as Element).closest('[role=tab]')) return;
    event.preventDefault();
    on.step(step);
    list.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }
}

import { heightOf } from '../editor/metrics.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { createFaces } from '../faces/faces.ts';
import { createChecksPanel } from './checks.ts';
import { createConsolePanel } from './console.ts';
import { h } from '../ui/dom.ts';
import { createFileTabs, type FileTabsActions } from './file-tabs.ts';
import { createSceneMessages } from './scene-messages.ts';
import { createNotices } from './notice-bar.ts';
import { createOwnComputerPanel } from './own-computer.ts';
import { createToolbar, type ToolbarActions } from './toolbar.ts';
import type { ConsoleLine, RunRecord } from '../run/record.ts';
import { createSolutionView } from './solution-view.ts';
import type { Words } from '../i18n/words.ts';

export interface Actions extends ToolbarActions {
  tabs: FileTabsActions;
  goTo(line: ConsoleLine): void;
  connect(): void;
  onChecks(count: number, all: number): void;
  onInput(device: string, face: number, value: number): void;
}

/** Where the screen is wide enough for the lesson and the workbench side by side. */
const sideBySide = '(min-width: 1100px)';

/** Puts the panels around the code and the checks that the page came with. */
export function createLayout(
  element: HTMLElement,
  data: ExerciseData,
  record: RunRecord,
  words: Words,
  actions: Actions,
  panels: HTMLElement,
) {
  element.setAttribute('role', 'region');
  const all = [...document.querySelectorAll('mqtt-workbench')];
  const number = all.length > 1 ? ` ${all.indexOf(element) + 1}` : '';
  element.setAttribute('aria-label', words('workbench.label') + number);
  const files = data.devices.map(({ name }) => name);
  if (files.length === 0) element.dataset['devices'] = 'none';
  const tabs = createFileTabs(files, words, actions.tabs);
  const code = createCode(element, tabs.panelId, data.devices[0]?.starter);
  const list = element.querySelector('[data-checks]') ?? h('ul', { 'data-checks': true });
  const toolbar = createToolbar(words, actions);
  const notices = createNotices();
  const solution = createSolutionView(words);
  const faces = createFaces(words, actions.onInput);
  const ownComputer = createOwnComputerPanel(words, {
    host: location.hostname,
    topic: data.actors[0]?.subscribes[0] ?? 'hello',
    onOpen: actions.connect,
  });
  const messages = createSceneMessages(data.actors, record, words);
  const output = createConsolePanel(record, words, {
    manyDevices: data.devices.length > 1,
    onGoTo: actions.goTo,
  });
  const checksBox = h(
    'section',
    { role: 'group', class: 'wb-checks', 'aria-label': words('workbench.checks'), tabindex: -1 },
    list as HTMLElement,
  );
  const body = h(
    'div',
    { class: 'wb-body' },
    h(
      'div',
      { class: 'wb-program' },
      tabs.element,
      code.element,
      solution.element,
      notices.element,
    ),
    faces.element,
    h(
      'div',
      { class: 'wb-outcome' },
      titled(words('workbench.console.short'), output),
      messages && titled(words('workbench.scene'), messages),
    ),
    checksBox,
    h('div', { class: 'wb-below' }, panels, ownComputer.element),
  );
  element.querySelector('[data-bar]')?.remove();
  element.append(body);
  const checks = createChecksPanel(list, data, words, (count, all) => {
    toolbar.checks(count, all);
    actions.onChecks(count, all);
  });

  // Above the program where there is room; at the thumb, below all, on a phone. The element itself
  // moves, so that what is seen and what the keyboard goes through stay in the same order.
  const wide = matchMedia(sideBySide);
  const place = () => (wide.matches ? body.before(toolbar.element) : body.after(toolbar.element));
  wide.addEventListener('change', place);
  place();
  return { toolbar, tabs, notices, checks, checksBox, ownComputer, code, faces, solution };
}
export type Layout = ReturnType<typeof createLayout>;

function titled(title: string, panel: HTMLElement): HTMLElement {
  return h('div', { class: 'wb-panel' }, h('h3', { class: 'wb-title' }, title), panel);
}

/** The page's own highlighted text until the editor stands in its place, exactly as high. */
function createCode(
  element: HTMLElement,
  panelId: string | undefined,
  starter: string | undefined,
) {
  const still =
    element.querySelector<HTMLElement>('[data-code]') ?? h('div', { 'data-code': true });
  // The page's static file names: the tabs take their place.
  still.querySelector('.files')?.remove();
  const box = h('div', { class: 'wb-editor' });
  const code = h(
    'div',
    {
      class: 'wb-code',
      // Without programs no editor comes.
      'aria-busy': starter !== undefined && 'true',
      id: panelId,
      role: panelId && 'tabpanel',
    },
    box,
  );
  code.style.setProperty('--wb-code-first', `${heightOf(starter ?? '')}px`);
  code.append(still);
  return {
    element: code,
    box,
    /** How high the text is; how high the code is then, the styles say. */
    fit(text: string) {
      code.style.setProperty('--wb-code-text', `${heightOf(text)}px`);
    },
    ready() {
      still.remove();
      code.removeAttribute('aria-busy');
    },
  };
}

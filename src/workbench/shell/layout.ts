import { createFaces } from '../faces/faces.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { NoticeHandlers } from '../notices/notice.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import type { SharedPrograms } from '../share/shared-programs.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { h } from '../ui/dom.ts';
import type { Actions } from './actions.ts';
import { createChecksPanel } from './checks.ts';
import { createCodeArea } from './code-area.ts';
import { createConsolePanel } from './console.ts';
import { createFileTabs } from './file-tabs.ts';
import { createLearnerMenu } from './learner-menu.ts';
import type { LazyParts } from './lazy-parts.ts';
import { createNoticeBar } from './notice-bar.ts';
import { openEditor } from './open-editor.ts';
import { createOwnComputerPanel } from './own-computer.ts';
import { createSceneMessages } from './scene-messages.ts';
import { createSolutionView } from './solution-view.ts';
import { createToolbar } from './toolbar.ts';

export interface LayoutDeps {
  element: HTMLElement;
  language: 'en' | 'zh-tw';
  data: ExerciseData;
  words: Words;
  model: Model;
  programs: EditedPrograms;
  session: ExerciseRun;
  conditions: LineConditions;
  shared: SharedPrograms;
  lazy: LazyParts;
  actions: Actions;
  /** The tabs of the panels. */
  panels: HTMLElement;
}

/** Screens of this width show the lesson and the workbench side by side. */
const sideBySide = '(min-width: 1100px)';

/** Places all views around the code and the checks that the page came with. */
export function createLayout(deps: LayoutDeps) {
  const { element, data, words, model } = deps;
  label(element, words);
  if (data.devices.length === 0) element.dataset['devices'] = 'none';
  const files = data.devices.map(({ name }) => name);
  const tabs = createFileTabs({ ...deps, files });
  const still =
    element.querySelector<HTMLElement>('[data-code]') ?? h('div', { 'data-code': true });
  const code = createCodeArea({ ...deps, still, panelId: tabs.panelId });
  const solution = createSolutionView(words, () => toolbar.focus());
  const toolbar = createToolbar({ ...deps, ...createLearnerMenu({ ...deps, solution }) });
  const open = () => openProgram(deps, code);
  const notices = createNoticeBar({
    ...deps,
    notices: model.notices,
    handlers: createHandlers(deps, toolbar.focus, () => void open()),
  });
  const checks = element.querySelector<HTMLElement>('[data-checks]') ?? h('ul', { 'data-checks': true }); // prettier-ignore
  const checksBox = h(
    'section',
    { role: 'group', class: 'wb-checks', 'aria-label': words('workbench.checks'), tabindex: -1 },
    checks,
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
    createFaces(words, deps.session),
    createOutcome(deps),
    checksBox,
    h('div', { class: 'wb-below' }, deps.panels, createOwnComputer(deps)),
  );
  element.querySelector('[data-bar]')?.remove();
  element.append(body);
  createChecksPanel(checks, data, words, model);
  placeToolbar(toolbar.element, body);
  if (files.length > 0) void open();

  return {
    dispose: () => tabs.dispose(),
    focusToolbar: () => toolbar.focus(),
    nextDevice: (step: 1 | -1) => tabs.next(step),
    /** What F6 goes through, in the order of the screen. */
    areas: [
      { element: toolbar.element, focus: () => toolbar.focus() },
      { element: code.element, focus: () => deps.programs.editor?.focus() },
      { element: checksBox, focus: () => checksBox.focus() },
    ],
  };
}

function label(element: HTMLElement, words: Words): void {
  element.setAttribute('role', 'region');
  const all = [...document.querySelectorAll('mqtt-workbench')];
  const number = all.length > 1 ? ` ${all.indexOf(element) + 1}` : '';
  element.setAttribute('aria-label', words('workbench.label') + number);
}

async function openProgram(
  { lazy, programs, model, shared }: LayoutDeps,
  code: ReturnType<typeof createCodeArea>,
): Promise<void> {
  if (await openEditor({ lazy, programs, model, code })) await shared.open();
}

function createHandlers(
  { model, actions, shared }: LayoutDeps,
  focusToolbar: () => void,
  open: () => void,
): NoticeHandlers {
  return {
    run: actions.run,
    'retry-connection': actions.retryConnection,
    'move-room': ({ to }) => actions.moveRoom(to),
    'apply-and-run'() {
      // Its button goes away.
      focusToolbar();
      actions.applyAndRun();
    },
    'go-to': ({ place }) => model.showPlace(place),
    undo: actions.undoRestore,
    'open-editor': open,
    download: ({ toRoom }) => void actions.download(toRoom),
    'restore-own': () => shared.restoreOwn(),
    'show-shared': () => shared.showAnyway(),
    'keep-shared': () => shared.keep(),
    dismiss: ({ subject }) => model.notices.set(subject, undefined),
  };
}

function createOutcome({ data, words, model }: LayoutDeps): HTMLElement {
  const output = createConsolePanel(model.record, words, {
    manyDevices: data.devices.length > 1,
    onGoTo({ device, position, text }) {
      if (position) model.showPlace({ file: `${device}.ts`, ...position, message: text });
    },
  });
  const messages = createSceneMessages(data.actors, model.record, words);
  return h(
    'div',
    { class: 'wb-outcome' },
    titled(words('workbench.console.short'), output),
    messages && titled(words('workbench.scene'), messages),
  );
}
function titled(title: string, panel: HTMLElement): HTMLElement {
  return h('div', { class: 'wb-panel' }, h('h3', { class: 'wb-title' }, title), panel);
}

function createOwnComputer({ data, words, model, actions }: LayoutDeps): HTMLElement {
  return createOwnComputerPanel(words, model, {
    host: location.hostname,
    topic: data.actors[0]?.subscribes[0] ?? 'hello',
    onOpen: actions.connect,
  });
}

/**
 * Above the program on a wide screen; below everything, at the thumb, on a phone. The element itself
 * moves, so that the order on the screen and the order of the keyboard are the same.
 */
function placeToolbar(toolbar: HTMLElement, body: HTMLElement): void {
  const wide = matchMedia(sideBySide);
  const place = () => (wide.matches ? body.before(toolbar) : body.after(toolbar));
  wide.addEventListener('change', place);
  place();
}

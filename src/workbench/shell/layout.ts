import { createFaces } from '../faces/faces.ts';
import type { Help } from '../help/help.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { NoticeHandlers } from '../notices/notice.ts';
import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import type { Passing } from '../passing/passing.ts';
import { createPassingView } from '../passing/passing-view.ts';
import { isPassed } from '../passing/passed.ts';
import { addPhoneHelp } from '../phone/code-keys.ts';
import { createSheet } from '../phone/sheet.ts';
import type { PanelHost } from '../panels/panel-host.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import { PutAside } from '../share/put-aside.ts';
import type { SharedPrograms } from '../share/shared-programs.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { TextStore } from '../store/drafts.ts';
import { createView, html } from '../ui/view.ts';
import type { Actions } from './actions.ts';
import { createAssistance } from './assistance.ts';
import { createChecks } from './checks.ts';
import { createCodeArea } from './code-area.ts';
import { createDock } from './dock.ts';
import { createFileTabs } from './file-tabs.ts';
import { createLearnerMenu } from './learner-menu.ts';
import type { LazyParts } from './lazy-parts.ts';
import { createNoticeBar } from './notice-bar.ts';
import { openEditor } from './open-editor.ts';
import { createOwnComputer } from './own-computer.ts';
import { sideBySide } from './output-place.ts';
import { answerGiven } from './given.ts';
import { Solution } from './solution.ts';
import { markParts } from './program-parts.ts';
import { createSolutionView } from './solution-view.ts';
import { createToolbar, focusToolbar } from './toolbar.ts';

export interface LayoutDeps {
  exercise: string;
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
  passing: Passing;
  help: Help;
  files: BrokerFileDrafts;
  actions: Actions;
  store: TextStore;
  /** The tabs of the panels. */
  panels: Pick<PanelHost, 'element' | 'show'>;
}

/** Places all views around the code and the checks that the page came with. */
export function createLayout(deps: LayoutDeps) {
  const { element, data, words, model, shared } = deps;
  label(element, words);
  if (data.devices.length === 0) element.dataset['devices'] = 'none';
  const files = data.devices.map(({ name }) => name);
  const solution = new Solution(deps);
  const assistance = createAssistance({ ...deps, solution });
  const aside = new PutAside({ ...deps, notices: model.notices });
  answerGiven(element, aside, () => code.unfold());
  const menu = createLearnerMenu({ ...deps, solution, aside, assistance: assistance.items });
  const toolbar = createToolbar({ ...deps, ...menu });
  const toToolbar = () => focusToolbar(toolbar);
  const tabs = createFileTabs({ ...deps, onOpen: () => code.unfold() });
  const still = element.querySelector<HTMLElement>('[data-code]')!;
  const { activeElement } = document;
  const code = createCodeArea({ ...deps, still, panelId: tabs.panelId });
  const open = async () => {
    if (await openEditor({ ...deps, box: code.editorBox })) await shared.open();
  };
  const handlers = createHandlers({ ...deps, ...code, aside }, toToolbar, () => void open());
  const notices = createNoticeBar({ ...deps, notices: model.notices, handlers });
  const list = element.querySelector<HTMLElement>('[data-checks]')!;
  const checks = createChecks(list, data, words, model, [assistance.element, createPassing(deps)]);
  const foot = createOwnComputerBox(deps);
  const dock = createDock({ ...deps, panels: deps.panels.element, code: code.element, foot });
  const parts = [createFaces(words, deps.session), checks, dock.element];
  const sheet = createSheet({ words, model, parts, code: code.element });
  const compared = createSolutionView(words, solution, toToolbar);
  const body = createView(
    () =>
      html`<div class="wb-body">
        <div class="wb-program">
          ${tabs.element} ${code.fold} ${code.element} ${compared} ${notices}
        </div>
        ${sheet}
      </div>`,
  ).element;
  markParts(body.querySelector('.wb-program')!, {
    code: code.element,
    solution: compared,
    notices,
  });
  element.querySelector('[data-bar]')?.remove();
  element.append(body);
  // What is moved within a page loses the focus.
  if (activeElement instanceof HTMLElement && still.contains(activeElement)) {
    activeElement.focus({ preventScroll: true });
  }
  dock.placeIn(body);
  placeToolbar(toolbar, body);
  void addPhoneHelp(code.element, deps).catch(() => {});
  if (files.length > 0) void open();

  return {
    dispose(): void {
      tabs.dispose();
      dock.dispose();
    },
    focusToolbar: toToolbar,
    /** Opens the program, if it is folded. */
    showProgram: () => void code.unfold(),
    /** What F6 goes through, in the order of the screen. */
    areas: [
      { element: toolbar, focus: toToolbar },
      { element: code.fold, focus: () => code.fold.focus() },
      { element: code.element, focus: () => deps.programs.editor?.focus() },
      { element: checks, focus: () => checks.focus() },
    ],
  };
}

function label(element: HTMLElement, words: Words): void {
  element.setAttribute('role', 'region');
  const all = [...document.querySelectorAll('mqtt-workbench')];
  const number = all.length > 1 ? ` ${all.indexOf(element) + 1}` : '';
  element.setAttribute('aria-label', words('workbench.label') + number);
}

function createHandlers(
  {
    model,
    programs,
    actions,
    shared,
    aside,
    unfold,
  }: LayoutDeps & { aside: PutAside; unfold(): void },
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
    'go-to'({ place }) {
      unfold();
      model.showPlace(place);
      programs.editor?.focus();
    },
    undo: actions.undoRestore,
    'open-editor': open,
    download: ({ toRoom }) => void actions.download(toRoom),
    'restore-own': () => shared.restoreOwn(),
    'show-shared': () => shared.showAnyway(),
    'keep-shared': () => shared.keep(),
    'put-back': () => aside.back(),
    'restore-before'() {
      programs.restoreBefore();
      model.notices.set('newer', undefined);
    },
    reload: () => location.reload(),
    dismiss: ({ subject }) => model.notices.set(subject, undefined),
  };
}

function createPassing(deps: LayoutDeps): HTMLElement {
  const { passing, actions, panels } = deps;
  return createPassingView({
    ...{ ...deps, proof: deps.data.proof, passing, isPassed },
    again: () => actions.restore(),
    openPacket: (n) => panels.show('packets', n),
  });
}

function createOwnComputerBox({ data, words, model, actions }: LayoutDeps): HTMLElement {
  return createOwnComputer(words, model, {
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

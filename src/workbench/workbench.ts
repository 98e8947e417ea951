/** The composition of a workbench: its models, its subscriptions and its views. */
import { brokerFileNames } from '../../sandbox/protocol/exercise.ts';
import { isMember, otherHosts } from './room/other-hosts.ts';
import { createRoom } from './create-room.ts';
import { Help } from './help/help.ts';
import type { CommonWords } from './i18n/common-words.ts';
import { createWords } from './i18n/words.ts';
import { Model } from './model/model.ts';
import { createPanelContexts } from './panels/panel-context.ts';
import { createOutput } from './panels/output/output.ts';
import { createPanelHost } from './panels/panel-host.ts';
import { panels } from './panels/registry.ts';
import { createTimePlace } from './panels/time/time-place.ts';
import { diedNotice } from './notices/drafts.ts';
import { loadExercise } from './passing/load-exercise.ts';
import { passedAt } from './passing/passed.ts';
import { Passing } from './passing/passing.ts';
import { BrokerFileDrafts } from './room/broker-files.ts';
import { LineConditions } from './room/line-conditions.ts';
import { MovableRoom } from './room/movable-room.ts';
import { savedPlace } from './room/room-place.ts';
import { SavedRoom } from './room/saved-room.ts';
import { EditedPrograms } from './run/programs.ts';
import { RunRecord } from './run/record.ts';
import { ExerciseRun } from './run/exercise-run.ts';
import { RunMark } from './run/run-mark.ts';
import { SharedPrograms } from './share/shared-programs.ts';
import { createActions } from './shell/actions.ts';
import { listenToKeys } from './shell/keys.ts';
import { createLayout } from './shell/layout.ts';
import { LazyParts } from './shell/lazy-parts.ts';
import { watchOutputPlace } from './shell/output-place.ts';
import { answerScreens } from './shell/own-screen.ts';
import { bindToWindow, isCopiedTab, nextFrame, noticeDrafts } from './shell/page-life.ts';
import { connectPageEvents } from './shell/page-events.ts';
import { Drafts, guardedStore } from './store/drafts.ts';
import { prepareRoom } from './prepare-room.ts';
import { exerciseDataOf } from './store/exercise-data.ts';
import { Moment } from './time/moment.ts';

export interface Workbench {
  run(): void;
  dispose(): void;
}
type Language = 'en' | 'zh-tw';

/** Makes the workbench inside one `<mqtt-workbench>`. */
export function createWorkbench(
  element: HTMLElement,
  language: Language,
  common: CommonWords,
): Workbench {
  const core = createCore(element, language, common);
  const { exercise, data, lazy, mark, model, programs, room, session, store, tabStore } = core;
  const shared = new SharedPrograms({ exercise, programs, store, notices: model.notices });
  const actions = createActions(core);
  const moment = new Moment(model.record, data.retained);
  const showPlace: Model['showPlace'] = (place) => {
    layout.showProgram();
    model.showPlace(place);
  };
  const output = createOutput({ record: moment, words: core.words, data, showPlace });
  const panelHost = createPanelHost({
    ...{ exercise, output, words: core.words, store, outputIsFixed: data.devices.length > 0 },
    entries: panels,
    first: data.panels,
    docks: { element, language, strings: data.strings },
    time: createTimePlace({ moment, language, strings: data.strings }),
    context: createPanelContexts({
      ...{ ...core, moment },
      openEditor: (container, files) => lazy.editor(container, files),
    }),
  });
  const layout = createLayout({ ...core, element, shared, actions, panels: panelHost });
  const stopPlaces = watchOutputPlace(element, (place) => {
    element.dataset['output'] = place;
    panelHost.setApart(place !== 'tab');
  });
  // Where the output is a tab, an error in it must not go unseen.
  model.on('session', () => {
    const { session } = model;
    if (session.phase === 'compiling') panelHost.peek(undefined);
    if (session.phase === 'ended' && session.reason === 'failed') panelHost.peek('output');
  });
  model.on('place', () => model.place && panelHost.showProgram());
  model.on('broker-file', () => {
    panelHost.show('files', brokerFileNames.indexOf(model.brokerFile));
  });
  connectPageEvents(element, exercise, model, actions);
  listenToKeys(element, {
    run: actions.run,
    stop: actions.stop,
    runOne: () => actions.runOne(model.file),
    nextDevice: actions.showNext,
    leaveEditor: layout.focusToolbar,
    areas: [...layout.areas, { element: panelHost.element, focus: () => panelHost.focus() }],
  });
  const unbind = bindToWindow(programs, model, room, mark);
  const unseen = answerScreens(element, core);
  // A room is made at the first Run: most readers of a page with three exercises need none yet. After
  // a reload the run of before is shown again.
  const isLeft = mark.takeLeftBehind();
  void isCopiedTab(tabStore).then((isCopy) => {
    // The room and the mark belong to the tab that this one was copied from.
    if (isCopy) new SavedRoom(tabStore, exercise).forget();
    else if (room.isSaved) actions.connect();
    if (isLeft && !isCopy) model.notices.set('died', diedNotice);
  });
  // A member of a class: the key is that of `src/classroom/membership.ts`.
  if (store.getItem('retained:member') !== null) void import('../classroom/member-sync.ts');
  if (store.getItem('retained:teacher') !== null) void import('../classroom/teacher-tools.ts');
  prepareRoom(element, room, { exercise, connect: actions.connect });
  element.dataset['ready'] = '';
  element.closest('.workbench')?.setAttribute('data-opened', '');

  return {
    run: actions.run,
    dispose() {
      session.stop();
      core.passing.dispose();
      core.help.dispose();
      stopPlaces();
      panelHost.dispose();
      moment.dispose();
      layout.dispose();
      unbind();
      unseen();
      programs.save();
      mark.set(false);
      programs.editor?.dispose();
      room.dispose();
      void lazy.dispose();
    },
  };
}

/** Where the exercise was before it moved to its lesson; the page says so. */
const formerPlace = (exercise: string): string | undefined =>
  document.documentElement.dataset['renamed']
    ?.split(' ')
    .map((pair) => pair.split(':'))
    .find(([, now]) => now === exercise)?.[0];

/** The parts without a view: programs, room, session, and the model that their events change. */
function createCore(element: HTMLElement, language: Language, common: CommonWords) {
  const exercise = element.getAttribute('exercise') ?? '';
  const data = exerciseDataOf(element, common);
  const words = createWords(data.strings);
  const store = guardedStore(() => localStorage);
  const devices = data.devices.map(({ name }) => name);
  const programs = new EditedPrograms(
    data.devices,
    new Drafts(store, exercise, formerPlace(exercise)),
  );
  const files = new BrokerFileDrafts(store, exercise, data.files);
  const tabStore = guardedStore(() => sessionStorage);
  const mark = new RunMark(tabStore, exercise);
  const lazy = new LazyParts(language);
  const room = new MovableRoom(savedPlace(tabStore), (place) =>
    createRoom(place, { exercise, store: tabStore }),
  );
  const session = new ExerciseRun({
    ...{ devices, language, room, given: data.given },
    anyPort: () => files.applied !== undefined,
    hosts: (device) => otherHosts({ machines: data.machines, isMember: isMember(store) }, device, files.applied), // prettier-ignore
    compile: (file) => programs.compile(file),
    deviceHost: lazy,
  });
  const model = new Model({
    ...{ programs, files, words, language },
    record: new RunRecord(nextFrame),
    checkIds: data.checks.map(({ id }) => id),
    roomPlace: room.place,
    file: devices[0] ?? '',
    machines: data.machines,
  });
  const conditions = new LineConditions(room);
  const passing = new Passing({
    ...{ exercise, language, model, store },
    load: loadExercise,
    passedBefore: () => passedAt(exercise),
  });
  const help = new Help({ exercise, language, data, model, programs });
  room.subscribe((event) => {
    model.handleRoom(event);
    if (event.type === 'connection' && event.status === 'lost') session.disconnected(event.error);
    if (event.type === 'room' && event.how === 'replaced') session.replaced();
    if (event.type === 'moved') session.stop();
  });
  session.subscribe((event) => {
    model.handleRun(event);
    if (event.type === 'state') mark.set(session.active);
  });
  noticeDrafts(programs, model);
  return { ...{ exercise, language, data, words, store, tabStore, programs, files }, ...{ lazy, room, session, model, conditions, mark, passing, help } }; // prettier-ignore
}

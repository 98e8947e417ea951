import { BrokerFileDrafts } from './room/broker-files.ts';
import { ConsoleRecorder } from './run/console-recorder.ts';
import { DeviceTabs } from './shell/device-tabs.ts';
import { Drafts, guardedStore } from './store/drafts.ts';
import { openEditor } from './shell/open-editor.ts';
import { exerciseDataOf } from './store/exercise-data.ts';
import { openKeyList } from './shell/key-list.ts';
import { createLearnerMenu } from './shell/learner-menu.ts';
import { RefusedConnections } from './notices/connection-refused.ts';
import { createPanelContexts } from './panels/panel-context.ts';
import { createAnnouncer } from './ui/announcer.ts';
import { createPanelHost } from './panels/panel-host.ts';
import { panels } from './panels/registry.ts';
import { createLayout } from './shell/layout.ts';
import { Programs } from './run/programs.ts';
import { RunRecord } from './run/record.ts';
import { RoomClient } from './room/server-room.ts';
import { createRoomEvents } from './shell/room-events.ts';
import { errorNotice } from './notices/room-error.ts';
import { RoomRequests } from './room/panel-room.ts';
import { createRunNotices } from './shell/run-notices.ts';
import { createRunButton } from './shell/run-button.ts';
import { loadLazyParts } from './shell/lazy-parts.ts';
import { RunSession } from './run/session.ts';
import { type SessionState, stateWord } from './run/session-state.ts';
import { SharedPrograms } from './share/shared-programs.ts';
import { onTheme } from './ui/theme.ts';
import { listenToKeys } from './shell/keys.ts';
import { createWords } from './i18n/words.ts';

export interface Workbench {
  run(): void;
  dispose(): void;
}

/** Joins session, room, editor and panels inside one `<mqtt-workbench>`. */
export async function createWorkbench(
  element: HTMLElement,
  language: 'en' | 'zh-tw',
): Promise<Workbench> {
  const exercise = element.getAttribute('exercise') ?? '';
  const data = exerciseDataOf(element);
  const words = createWords(data.strings);
  const files = data.devices.map(({ name }) => name);

  const record = new RunRecord((notify) => {
    // A page in the background has no frames, but its record must not wait for ever.
    if (document.hidden) setTimeout(notify, 200);
    else requestAnimationFrame(notify);
  });
  const store = guardedStore(() => localStorage);
  const programs = new Programs(data.devices, new Drafts(store, exercise));
  const brokerFiles = new BrokerFileDrafts(store, exercise, data.files);
  const services = loadLazyParts(language);
  const reports = new ConsoleRecorder({ record, programs, words });
  const refusals = new RefusedConnections({ record, language });
  const announcer = createAnnouncer();
  let passed = false;

  const shared = new SharedPrograms({
    ...{ exercise, programs, store, words },
    notice: (subject, notice) => parts.notices.show(subject, notice),
  });
  const learner = createLearnerMenu({
    ...{ exercise, data, programs, shared, words, openKeys: openKeyList },
    parts: () => parts,
    brokerFiles: () => brokerFiles.applied,
    connect: () => requests.connect(),
    async resetRoom() {
      brokerFiles.forget();
      // A room that was never used needs no reset.
      if (room.connection !== 'off') await session.reset(brokerFiles.applied).catch(() => {});
      else session.stop();
    },
  });

  const requests: RoomRequests = new RoomRequests({
    client: {
      ask: (question) => room.ask(question),
      connect: () => room.connect(),
      openLine: (...line) => room.openLine(...line),
      device: (...state) => room.device(...state),
      get room() {
        return room.room;
      },
    },
    files: brokerFiles,
    reset: (given) => session.reset(given),
  });
  const panelHost = createPanelHost({
    ...{ exercise, words, store },
    entries: panels,
    first: data.panels,
    context: createPanelContexts({
      ...{ exercise, language, data, record, store, room: requests, files: brokerFiles },
      openEditor: (container, given) => services.editor(container, given),
      announce: announcer.say,
    }),
  });
  const parts = createLayout(
    element,
    data,
    record,
    words,
    {
      run: () => void run(),
      stop: () => session.stop(),
      ...learner,
      tabs: {
        show,
        run: (file) => void runOne(file),
        end: (file) => tabs.end(file),
        kill: (file) => tabs.kill(file),
        freeze: (file, frozen) => tabs.freeze(file, frozen),
      },
      goTo({ device, position, text }) {
        if (!position) return;
        parts.tabs.shown(`${device}.ts`);
        programs.editor?.revealProblem(`${device}.ts`, position.line, position.column, text);
      },
      connect: () => void room.connect().catch(() => {}),
      onInput: (device, face, value) => session.send(device, { type: 'input', face, value }),
      onChecks(count, all) {
        if (all > 0 && count === all && !passed) {
          document.dispatchEvent(new CustomEvent('retained:passed', { detail: { exercise } }));
        }
        passed = all > 0 && count === all;
      },
    },
    panelHost.element,
  );
  element.append(announcer.element);

  const room: RoomClient = new RoomClient({
    exercise,
    origin: location.origin,
    store: guardedStore(() => sessionStorage),
    ...createRoomEvents({
      ...{ element, record, reports, refusals, requests, words, language },
      parts: () => parts,
      session: () => session,
      room: () => room,
    }),
  });

  const session = new RunSession({
    devices: files,
    language,
    anyPort: () => brokerFiles.applied !== undefined,
    compile: (file) => programs.compile(file),
    deviceHost: { start: async (options) => (await services.deviceHost()).start(options) },
    room,
    onState: (state) => showState(state),
    onDevice(device, message) {
      if (message.type === 'face' || message.type === 'face-value') {
        parts.faces.hear(device, message);
      } else reports.hear(device, message);
    },
    onDeviceState(device, state) {
      record.setState(device, state);
      if (state === 'running') parts.faces.clear(device);
      else parts.faces.enable(device, false);
    },
  });
  const tabs = new DeviceTabs({
    ...{ files, record, session, requests },
    show: (file, state) => parts.tabs.state(file, state),
    failed: (error) =>
      parts.notices.show(
        'device',
        errorNotice(error, words, () => parts.notices.show('device', undefined)),
      ),
  });
  const showRun = createRunNotices({
    ...{ programs, words, notices: parts.notices },
    isLost: () => room.connection === 'lost',
    show: (file) => parts.tabs.shown(file),
    runAgain: () => void run(),
  });

  const { run, runOne } = createRunButton({
    ...{ session, programs, words, notices: parts.notices, files: brokerFiles },
    focus: () => parts.toolbar.focus(),
  });
  function showState(state: SessionState): void {
    parts.toolbar.state(stateWord(state), session.active);
    tabs.draw();
    showRun(state);
  }
  function show(file: string): void {
    programs.editor?.show(file);
    parts.code.fit(programs.text(file));
    learner.follow(file);
  }

  listenToKeys(element, {
    run: () => void run(),
    stop: () => session.stop(),
    runOne: () => void runOne(parts.tabs.selected),
    nextDevice: (step) => parts.tabs.next(step),
    leaveEditor: () => parts.toolbar.focus(),
    areas: [
      { element: parts.toolbar.element, focus: () => parts.toolbar.focus() },
      { element: parts.code.element, focus: () => programs.editor?.focus() },
      { element: parts.checksBox, focus: () => parts.checksBox.focus() },
      { element: panelHost.element, focus: () => panelHost.focus() },
    ],
  });
  // A room is made at the first Run: most readers of a page with three exercises need none yet, and
  // a scene that starts by itself would be noise. After a reload the run of before is shown again.
  if (room.hasKeptRoom) void room.connect().catch(() => {});
  const save = () => programs.save();
  addEventListener('pagehide', save);
  addEventListener('online', () => room.connection !== 'off' && room.retry());
  const themes = onTheme((theme) => programs.editor?.setTheme(theme));
  programs.onChange(() => {
    parts.code.fit(programs.text(parts.tabs.selected));
    learner.follow(parts.tabs.selected);
  });

  parts.code.fit(programs.text(parts.tabs.selected));
  if (files.length > 0)
    void openEditor({ ...{ services, programs, words, parts }, opened: () => void shared.open() });
  element.dataset['ready'] = '';

  return {
    run: () => void run(),
    dispose() {
      session.stop();
      panelHost.dispose();
      tabs.dispose();
      programs.save();
      programs.editor?.dispose();
      room.close();
      themes();
      removeEventListener('pagehide', save);
      void services.dispose();
    },
  };
}

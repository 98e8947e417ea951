import './workbench.css';
import { guardedStore, Drafts } from './drafts.ts';
import { exerciseDataOf } from './exercise-data.ts';
import { createPanelContexts } from './panel-contexts.ts';
import { createPanelHost } from './panels/panel-host.ts';
import { panels } from './panels/panel.ts';
import { RoomRequests } from './room-requests.ts';
import { BrokerFileDrafts } from './broker-file-drafts.ts';
import { createAnnouncer } from './panels/announcer.ts';
import { createWorkbenchParts } from './parts.ts';
import { Programs } from './programs.ts';
import { type ConsoleLine, RunRecord } from './record.ts';
import { RoomClient } from './room-client.ts';
import { errorNotice } from './room-notices.ts';
import { DeviceReports } from './device-reports.ts';
import { loadServices } from './services.ts';
import { Session } from './session.ts';
import { type SessionState, stateWord } from './session-state.ts';
import { onTheme } from './theme.ts';
import { createWords } from './words.ts';

export interface Workbench {
  run(): void;
  dispose(): void;
}

/** Joins session, room, editor and panels inside one `<mqtt-workbench>`. */
export async function createWorkbench(element: HTMLElement): Promise<Workbench> {
  const exercise = element.getAttribute('exercise') ?? '';
  const language = element.getAttribute('lang')?.toLowerCase().startsWith('zh') ? 'zh-tw' : 'en';
  const data = exerciseDataOf(element);
  const words = createWords(data.strings);
  const devices = data.devices.map(({ name }) => name);

  const record = new RunRecord((notify) => {
    // A page in the background has no frames, but its record must not wait for ever.
    if (document.hidden) setTimeout(notify, 200);
    else requestAnimationFrame(notify);
  });
  const store = guardedStore(() => localStorage);
  const programs = new Programs(data.devices, new Drafts(store, exercise));
  const brokerFiles = new BrokerFileDrafts(store, exercise, data.files);
  const services = loadServices(language);
  const reports = new DeviceReports({ record, programs, words });
  let passed = false;

  const announcer = createAnnouncer();
  const requests = new RoomRequests({
    client: {
      ask: (question) => room.ask(question),
      connect: () => room.connect(),
      openLine: (...line) => room.openLine(...line),
      get room() {
        return room.room;
      },
    },
    files: brokerFiles,
    reset: (files) => session.reset(files),
  });
  const panelHost = createPanelHost({
    exercise,
    entries: panels,
    first: data.panels,
    words,
    store,
    context: createPanelContexts({
      ...{ exercise, language, data, record, store, room: requests, files: brokerFiles },
      openEditor: (container, files) => services.editor(container, files),
      announce: announcer.say,
    }),
  });
  const actions = {
    run: () => void run(),
    stop: () => session.stop(),
    reset: () => void reset(),
    show(file: string) {
      programs.editor?.show(file);
      parts.code.fit(programs.text(file));
    },
    goTo: ({ device, position, text }: ConsoleLine) =>
      position &&
      programs.editor?.revealProblem(`${device}.ts`, position.line, position.column, text),
    connect: () => void room.connect().catch(() => {}),
    onChecks: (count: number, all: number) => {
      if (all > 0 && count === all && !passed) {
        document.dispatchEvent(new CustomEvent('retained:passed', { detail: { exercise } }));
      }
      passed = all > 0 && count === all;
    },
  };
  const parts = createWorkbenchParts(element, data, record, words, actions, panelHost.element);
  element.append(announcer.element);

  const room = new RoomClient({
    exercise,
    origin: location.origin,
    store: guardedStore(() => sessionStorage),
    onConnection(connection, error) {
      const quiet = connection === 'off' || connection === 'live';
      parts.toolbar.connection(quiet ? '' : words(`workbench.connection.${connection}`));
      const lost = connection === 'lost' && errorNotice(error, words, () => room.retry());
      parts.notices.show('room', lost || undefined);
      if (connection === 'lost') session.disconnected(error);
    },
    onRoom(answer, how) {
      parts.ownComputer.show(answer);
      if (how !== 'replaced') return;
      session.disconnected();
      parts.notices.show('replaced', { text: words('workbench.notice.replaced') });
    },
    onReset() {
      record.clear();
      requests.weathers.clear();
      parts.checks.clear();
    },
    onEntries: (entries) => record.addEntries(entries),
    onMissing: (count) => record.addMissing(count),
    onChecks: (results) => parts.checks.show(results),
    onFiles: (answer) => requests.hearFiles(answer),
  });

  const session = new Session({
    devices,
    language,
    compile: (file) => programs.compile(file),
    deviceHost: { start: async (options) => (await services.deviceHost()).start(options) },
    room,
    onState: (state) => showState(state),
    onDevice: (device, message) => reports.hear(device, message),
    onDeviceState: (device, state) => record.setState(device, state),
  });

  async function run(): Promise<void> {
    parts.notices.show('replaced', undefined);
    parts.notices.show('reset', undefined);
    programs.editor?.setProblems([]);
    await session.run(brokerFiles.applied);
  }
  async function reset(): Promise<void> {
    const undo = programs.reset();
    parts.notices.show(
      'reset',
      undo && {
        text: words('workbench.was-reset'),
        action: {
          label: words('workbench.undo'),
          do: () => {
            undo();
            parts.notices.show('reset', undefined);
          },
        },
      },
    );
    // A room that was never used needs no reset.
    if (room.connection !== 'off') await session.reset(brokerFiles.applied).catch(() => {});
    else session.stop();
  }

  function showState(state: SessionState): void {
    parts.toolbar.state(stateWord(state), session.active);
    if (state.phase === 'running') reports.begin();
    const busy = state.phase === 'running' ? state.busy[0] : undefined;
    const text = words('workbench.notice.busy', { file: `${busy}.ts` });
    parts.notices.show('busy', busy === undefined ? undefined : { text });
    if (state.phase !== 'ended') return parts.notices.show('end', undefined);
    const [problem] = state.problems ?? [];
    if (problem) {
      const { file, line, column, message } = problem;
      const goTo = () => programs.editor?.revealProblem(file, line, column, message);
      goTo();
      parts.notices.show('end', {
        tone: 'wrong',
        text: words('workbench.notice.problems', { file, line, message }),
        action: { label: words('workbench.go-there', { line }), do: goTo },
      });
    } else if (state.error !== undefined && room.connection !== 'lost') {
      parts.notices.show(
        'end',
        errorNotice(state.error, words, () => void run()),
      );
    }
  }

  element.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      void run();
    },
    true,
  );
  // A room is made at the first Run: most readers of a page with three exercises need none yet, and
  // a scene that starts by itself would be noise. After a reload the run of before is shown again.
  if (room.hasKeptRoom) void room.connect().catch(() => {});
  const save = () => programs.save();
  addEventListener('pagehide', save);
  addEventListener('online', () => room.connection !== 'off' && room.retry());
  const themes = onTheme((theme) => programs.editor?.setTheme(theme));

  async function openEditor(): Promise<void> {
    parts.notices.show('editor', undefined);
    try {
      const editor = await services.editor(parts.code.box, programs.files);
      programs.use(editor);
      editor.onChange((_, text) => parts.code.fit(text));
      parts.code.ready();
      // The programs' frame takes its 150 ms now, not at the first Run.
      void services
        .deviceHost()
        .then((host) => host.warm())
        .catch(() => {});
    } catch (error) {
      programs.failed(error);
      parts.notices.show('editor', {
        tone: 'wrong',
        text: words('workbench.editor-failed'),
        action: { label: words('workbench.reload'), do: () => void openEditor() },
      });
    }
  }
  parts.code.fit(programs.files[0]?.text ?? '');
  void openEditor();
  element.dataset['ready'] = '';

  return {
    run: () => void run(),
    dispose() {
      session.stop();
      panelHost.dispose();
      programs.save();
      programs.editor?.dispose();
      room.close();
      themes();
      removeEventListener('pagehide', save);
      void services.dispose();
    },
  };
}

/**
 * Over a learner's shoulder, live and to read only. Class and member are named behind `#` in the address:
 * `#<class>/<member>`. The learner's page shows that the teacher looks; it ends when this page is left or hidden.
 */
import { createWords } from '../../workbench/i18n/words.ts';
import { html, nothing, render } from '../../workbench/ui/view.ts';
import { exerciseTexts } from '../teach/lesson-texts.ts';
import { openLiveStream } from '../teach/live-stream.ts';
import { RoomPanels } from '../wires/room-panels.ts';
import { WatchedRoom } from '../wires/watched-room.ts';
import { changedLines } from './changed-lines.ts';
import { openLook } from './look-line.ts';
import { shownFile, type LookCourse, type LookModel } from './look-model.ts';
import { lookView } from './look-view.ts';
import { Screens } from './screens.ts';

const page = document.querySelector<HTMLElement>('[data-look]')!;
const strings = JSON.parse(document.querySelector('script[data-words]')!.textContent!) as Record<string, string>; // prettier-ignore
const course = JSON.parse(document.querySelector('script[data-course]')!.textContent!) as LookCourse; // prettier-ignore
const t = createWords(strings);
const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
/** However much a learner sends, it is read and drawn this often; milliseconds. */
const readMs = 250;
/** Between two pages the learner is away for a moment; milliseconds. */
const awayMs = 3_000;

const named = (): Pick<LookModel, 'classId' | 'member'> => {
  const [classId = '', member = ''] = location.hash.slice(1).split('/');
  const plain = (text: string): string => text.replace(/[^\w-]/g, '');
  return { classId: plain(classId), member: plain(member) };
};
const nobody = { isConnected: false, isHere: false, screen: null, decided: null, texts: null };
const blank = { file: null, changed: null, isRoomLive: false };
let model: LookModel = { course, members: undefined, since: 0, ...named(), ...nobody, ...blank };
const screens = new Screens();
let looking: { close(): void } | undefined;
let members: { close(): void } | undefined;
let watched: { room: WatchedRoom; panels: RoomPanels; code: string } | undefined;
let frame = 0;

function change(next: Partial<LookModel>): void {
  model = { ...model, ...next };
  frame ||= requestAnimationFrame(draw);
}

function draw(): void {
  frame = 0;
  const output = page.querySelector('.look-output');
  const isAtEnd = !output || output.scrollTop + output.clientHeight > output.scrollHeight - 8;
  const actions = { chooseMember, chooseFile: (file: string) => change({ file, changed: null }) };
  const panels = watched && model.isRoomLive ? watched.panels.view(t('look.wires')) : nothing;
  render(html`${lookView(model, { language, actions, t }, panels)}`, page);
  if (isAtEnd) page.querySelector('.look-output')?.scrollTo(0, 1e9);
}

function chooseMember(id: string): void {
  history.replaceState(null, '', `#${model.classId}/${id}`);
  begin();
}

/** Packets and checks of the room that the learner says is theirs: the server knows whether it is. */
function watchRoom(code: string | null): void {
  if (code === (watched?.code ?? null)) return;
  watched?.room.close();
  watched?.panels.dispose();
  const first = watched?.panels.chosen;
  watched = undefined;
  change({ decided: null, isRoomLive: false });
  if (code === null) return;
  const { classId, member } = model;
  const isNow = (): boolean => watched?.room === room;
  const path = `${encodeURIComponent(classId)}/watch/${encodeURIComponent(member)}?room=${code}`;
  const room: WatchedRoom = new WatchedRoom(path, {
    status: (isLive) =>
      isNow() && change({ isRoomLive: isLive, ...(!isLive && { decided: null }) }),
    checks: (decided) => isNow() && change({ decided }),
  });
  const panels = new RoomPanels({ room, strings, language, changed: () => change({}) }, first);
  watched = { room, panels, code };
}

function read(): void {
  const now = performance.now();
  screens.read(now);
  const screen = screens.shown(now);
  if (screen === model.screen) return;
  const before = shownFile(model);
  const isOther = screen?.exercise !== model.screen?.exercise;
  change({ screen, ...(isOther && { texts: null, file: null }) });
  const after = shownFile(model);
  if (isOther || before?.name !== after?.name) change({ changed: null });
  else if (before!.text !== after!.text)
    change({ changed: changedLines(before!.text, after!.text) });
  watchRoom(screen?.room ?? null);
  if (screen && isOther) void showTexts(screen.exercise);
}

async function showTexts(exercise: string): Promise<void> {
  // Only of the course: the learner may name anything.
  if (!course.columns.some(({ id }) => id === exercise)) return;
  const lesson = course.lesson.replace('{lesson}', exercise.split('/')[0]!);
  const texts = await exerciseTexts(lesson, exercise);
  if (model.screen?.exercise === exercise) change({ texts });
}

function begin(): void {
  end();
  model = { ...model, ...named(), ...nobody, ...blank, since: Date.now() };
  const { classId, member } = model;
  if (classId === '' || member === '') return change({ members: [] });
  let away: ReturnType<typeof setTimeout> | undefined;
  const line = openLook(classId, member, {
    screen: (payload) => screens.add(payload),
    connected: (isConnected) => change({ isConnected }),
    presence(isHere) {
      clearTimeout(away);
      if (isHere) return change({ isHere });
      away = setTimeout(() => {
        screens.clear();
        change({ isHere });
      }, awayMs);
    },
  });
  const timer = setInterval(read, readMs);
  const stream = openLiveStream(classId, {
    message: (message) => {
      if (message.type === 'class') change({ members: message.members });
      if (message.type === 'ended') change({ members: [] });
    },
    status: () => {},
  });
  members = stream;
  looking = {
    close() {
      clearTimeout(away);
      clearInterval(timer);
      line.close();
    },
  };
  change({});
}

function end(): void {
  looking?.close();
  members?.close();
  looking = members = undefined;
  screens.clear();
  watchRoom(null);
}

// Who does not look at this page does not look at the learner.
document.addEventListener('visibilitychange', () => (document.hidden ? end() : begin()));
addEventListener('pagehide', end);
addEventListener('pageshow', (event: PageTransitionEvent) => event.persisted && begin());
addEventListener('hashchange', begin);
if (!document.hidden) begin();

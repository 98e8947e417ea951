/**
 * What the teacher shows: their own run, live and to read only. A member's page has this one in a window of its own; for
 * the projector it is a page. Behind `#` in the address: nothing for members, `class=<id>` for the teacher's own
 * browser, `projector=<token>` for any other.
 */
import { parseShowMessage } from '../../../sandbox/protocol/class-show.ts';
import { createWords } from '../../workbench/i18n/words.ts';
import { nothing, render } from '../../workbench/ui/view.ts';
import { changedLines } from '../look/changed-lines.ts';
import { shownFile, type LookCourse } from '../look/look-model.ts';
import { exerciseTexts } from '../teach/lesson-texts.ts';
import { RoomPanels } from '../wires/room-panels.ts';
import { WatchedRoom } from '../wires/watched-room.ts';
import { leaveMessage } from './framed.ts';
import { showView, type ShowModel } from './show-view.ts';

const page = document.querySelector<HTMLElement>('[data-show]')!;
const strings = JSON.parse(document.querySelector('script[data-words]')!.textContent!) as Record<string, string>; // prettier-ignore
const course = JSON.parse(document.querySelector('script[data-course]')!.textContent!) as LookCourse; // prettier-ignore
const t = createWords(strings);
const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
/** In a member's page, and so within their exercise. */
const isFramed = parent !== window;
document.documentElement.toggleAttribute('data-framed', isFramed);

let model: ShowModel = { ...{ status: 'connecting', show: null, screen: null, file: null, changed: null }, course }; // prettier-ignore
let watched: { room: WatchedRoom; panels: RoomPanels | undefined } | undefined;
let frame = 0;

function change(next: Partial<ShowModel>): void {
  model = { ...model, ...next };
  frame ||= requestAnimationFrame(draw);
}

function draw(): void {
  frame = 0;
  const output = page.querySelector('.look-output');
  const isAtEnd = !output || output.scrollTop + output.clientHeight > output.scrollHeight - 8;
  const panels = watched?.panels?.view(t('show.wires')) ?? nothing;
  const leave = isFramed ? () => parent.postMessage(leaveMessage, location.origin) : null;
  const chooseFile = (file: string): void => change({ file, changed: null });
  render(showView(model, { actions: { leave, chooseFile }, t }, panels), page);
  if (isAtEnd) page.querySelector('.look-output')?.scrollTo(0, 1e9);
}

/** Address of the stream below `class/`. */
function pathOf(hash: string): string {
  const [what = '', value = ''] = hash.slice(1).split('=');
  const plain = value.replace(/[^\w-]/g, '');
  if (what === 'class') return `${plain}/shown`;
  return what === 'projector' ? `show?projector=${plain}` : 'show';
}

/** Who stands on the stage is of the exercise: the panels come with it. */
async function showExercise(exercise: string, room: WatchedRoom): Promise<void> {
  const lesson = course.lesson.replace('{lesson}', exercise.split('/')[0]!);
  const data = await exerciseTexts(lesson, exercise);
  if (watched?.room !== room || model.show?.exercise !== exercise) return;
  watched.panels?.dispose();
  const options = { room, strings, language, changed: () => change({}) } as const;
  watched.panels = new RoomPanels({ ...options, ...(data && { data }) });
  change({});
}

function receive(text: string, room: WatchedRoom): void {
  const message = parseShowMessage(text);
  if (message?.type === 'over') {
    // The teacher's own page waits for the next one, and so does the projector's.
    if (isFramed) end();
    return change({ status: 'over', show: null, screen: null });
  }
  if (message?.type === 'show') {
    const isOther = message.exercise !== model.show?.exercise;
    change({ show: message, ...(isOther && { file: null, changed: null }) });
    if (isOther) void showExercise(message.exercise, room);
  }
  if (message?.type === 'screen') {
    const before = shownFile(model);
    change({ screen: message.screen });
    const after = shownFile(model);
    const isSame = before !== undefined && before.name === after?.name;
    if (!isSame) change({ changed: null });
    else if (before.text !== after!.text)
      change({ changed: changedLines(before.text, after!.text) });
  }
}

function begin(): void {
  end();
  change({ status: 'connecting' });
  const room: WatchedRoom = new WatchedRoom(pathOf(location.hash), {
    status: (isLive) => watched?.room === room && change({ status: isLive ? 'live' : 'lost' }),
    pushed: (text) => watched?.room === room && receive(text, room),
  });
  watched = { room, panels: undefined };
  if (model.show) void showExercise(model.show.exercise, room);
}

function end(): void {
  watched?.room.close();
  watched?.panels?.dispose();
  watched = undefined;
}

// In a frame Escape is not the window's.
addEventListener('keydown', (event: KeyboardEvent) => {
  if (isFramed && event.key === 'Escape' && !event.defaultPrevented)
    parent.postMessage(leaveMessage, location.origin);
});
addEventListener('pagehide', end);
addEventListener('pageshow', (event: PageTransitionEvent) => event.persisted && begin());
addEventListener('hashchange', begin);
begin();

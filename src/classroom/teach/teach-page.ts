import type {
  ClassesResponse,
  ClassMessage,
  ClassRequest,
} from '../../../sandbox/protocol/classroom.ts';
import { html, render } from '../../workbench/ui/view.ts';
import { changeClass, ClassError, classes, enter, mistakes } from '../class-api.ts';
import { pageWords } from '../page-words.ts';
import { codeView } from './code-view.ts';
import { detailView } from './detail-view.ts';
import { exerciseTexts } from './lesson-texts.ts';
import { withMessage } from './live-class.ts';
import { Lead } from './lead.ts';
import { openLiveStream } from './live-stream.ts';
import { announced, withPresentIds } from './received.ts';
import { noStarters, Starters } from './starters.ts';
import { teachActions } from './teach-actions.ts';
import type { Course, Detail, TeachModel } from './teach-model.ts';
import { teachView } from './teach-view.ts';
import { forgetTeacher, rememberClass } from '../teaching.ts';

const page = document.querySelector<HTMLElement>('[data-teach]')!;
const dialog = document.querySelector<HTMLDialogElement>('dialog[data-detail]')!;
const board = document.querySelector<HTMLDialogElement>('dialog[data-code]')!;
const course = JSON.parse(document.querySelector('script[data-course]')!.textContent!) as Course;
const t = pageWords();
/** Nothing changes by itself but times: how often they are drawn again; milliseconds. */
const clockMs = 15_000;

let model: TeachModel = {
  ...{ course, step: 'loading', classes: [], live: null, status: 'connecting' },
  ...{ part: 'now', order: 'help', isBoard: false, isCodeShown: false, detail: null },
  ...{
    present: new Set<string>(),
    frozenUntil: null,
    shown: null,
    said: null,
    list: null,
    draft: null,
    assigned: null,
    starters: noStarters,
  },
  ...{ browsers: 1, sure: null, isBusy: false, error: null, now: Date.now(), announcement: '' },
};
let stream: { close(): void } | undefined;
const starters = new Starters({
  state: () => model.starters,
  change: (next) => change({ starters: { ...model.starters, ...next } }),
  classId: () => model.live!.class.id,
  lesson: course.lesson,
});
const lead = new Lead({
  model: () => model,
  change,
  // The same as the stream's, and earlier; what was before comes with the stream.
  work: (row) => receive({ type: 'work', now: Date.now() + (model.live?.ahead ?? 0), rows: [row] }),
  starter: (to, exercise, payload) => starters.heard(to, exercise, payload),
});
let frame = 0;

function change(next: Partial<TeachModel>): void {
  model = { ...model, ...next };
  frame ||= requestAnimationFrame(draw);
}

function draw(): void {
  frame = 0;
  model.now = Date.now() + (model.live?.ahead ?? 0);
  document.documentElement.toggleAttribute('data-board', model.isBoard && model.step === 'class');
  render(teachView(model, actions, t), page);
  render(model.detail ? detailView(model, actions, t) : html``, dialog);
  const { live } = model;
  render(live && model.isCodeShown ? codeView(model, live, { actions, t }) : html``, board);
  open(dialog, model.detail !== null);
  open(board, live !== null && model.isCodeShown);
}

function open(one: HTMLDialogElement, isOpen: boolean): void {
  if (isOpen && !one.open) one.showModal();
  if (!isOpen && one.open) one.close();
}
dialog.addEventListener('close', () => change({ detail: null, error: null }));
board.addEventListener('close', () => {
  if (document.fullscreenElement) void document.exitFullscreen();
  change({ isCodeShown: false });
});

async function attempt(work: () => Promise<Partial<TeachModel>>): Promise<void> {
  change({ isBusy: true, error: null });
  try {
    change({ ...(await work()), isBusy: false });
  } catch (error) {
    const key = error instanceof ClassError ? error.key : 'unreachable';
    change({ isBusy: false, error: key });
    if (key === 'not-teacher') strange();
  }
}

const obey = (request: ClassRequest, after: Partial<TeachModel> = {}): void =>
  void attempt(async () => {
    await changeClass(model.live!.class.id, request);
    return after;
  });

function receive(message: ClassMessage): void {
  const live = withMessage(model.live, withPresentIds(message), Date.now());
  if (!live) return;
  if (live.ended) return showClasses();
  const now = Date.now() + live.ahead;
  change({ live, step: 'class', announcement: announced(model, live, now, t) });
}

function follow(id: string): void {
  stream?.close();
  change({ starters: noStarters });
  rememberClass(id);
  void lead.open(id);
  stream = openLiveStream(id, {
    message: receive,
    status(status) {
      change({ status });
      if (status === 'lost') void ask();
    },
  });
}

/** The connection is lost: because this browser was signed out, or for a moment. */
async function ask(): Promise<void> {
  const error = await classes().catch((one: unknown) => one);
  if (error instanceof ClassError && error.key === 'not-teacher') strange();
}

/** This browser is not the teacher's, or no longer. */
function strange(): void {
  stream?.close();
  lead.close();
  forgetTeacher();
  change({ live: null, detail: null, isCodeShown: false, sure: null, step: 'stranger' });
}

/** What the page asks before it knows anything: the teacher's link first, if it was opened with one. */
let again = (): void => {};

function showClasses(): void {
  stream?.close();
  lead.close();
  change({ present: new Set(), frozenUntil: null, shown: null });
  change({ live: null, detail: null, isCodeShown: false, sure: null, step: 'loading' });
  again = () => void attempt(async () => ({ ...(await classes()), step: 'classes' }));
  again();
}

async function showCell(member: string, exercise: string): Promise<void> {
  const detail: Detail = { kind: 'cell', member, exercise, texts: null };
  change({ detail });
  const lesson = course.lesson.replace('{lesson}', exercise.split('/')[0] ?? '');
  const texts = await exerciseTexts(lesson, exercise);
  if (model.detail === detail) change({ detail: { ...detail, texts } });
}

async function showExercise(exercise: string): Promise<void> {
  const detail: Detail = { kind: 'exercise', exercise, texts: null, mistakes: null };
  change({ detail });
  const lesson = course.lesson.replace('{lesson}', exercise.split('/')[0] ?? '');
  await attempt(async () => {
    const [texts, found] = await Promise.all([
      exerciseTexts(lesson, exercise),
      mistakes(model.live!.class.id, exercise),
    ]);
    return model.detail === detail ? { detail: { ...detail, texts, mistakes: found } } : {};
  });
}

const actions = teachActions({
  model: () => model,
  ...{ change, attempt, obey, follow, showClasses, showCell, showExercise, lead, starters },
  again: () => again(),
  strange,
});

/** The pause ends by itself, here as on the learners' pages. */
const thawed = (): Partial<TeachModel> =>
  (model.frozenUntil ?? 0) > performance.now() ? {} : { frozenUntil: null };

/** The secret of the teacher's link leaves the address and the history before anything else. */
function takeHash(): string {
  const text = location.hash.slice(1);
  if (text !== '') history.replaceState(null, '', location.pathname);
  return text;
}

async function begin(found: ClassesResponse): Promise<Partial<TeachModel>> {
  const wanted = found.classes.find(({ id }) => hash === `${ofClass}${id}`);
  // One class: there is nothing to choose.
  const only = found.classes.length === 1 ? found.classes[0] : wanted;
  if (only) {
    follow(only.id);
    return found;
  }
  return { ...found, step: 'classes' };
}

/** Other pages of the teacher's lead back to `#class=<id>`. */
const ofClass = 'class=';
const hash = takeHash();
const isLink = hash !== '' && !hash.startsWith(ofClass);
again = () => void attempt(async () => begin(isLink ? await enter(hash) : await classes()));
again();
setInterval(() => model.step === 'class' && change({}), clockMs);
setInterval(() => model.frozenUntil !== null && change(thawed()), 1_000);

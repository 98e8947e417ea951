import type {
  ClassesResponse,
  ClassMessage,
  ClassRequest,
} from '../../../sandbox/protocol/classroom.ts';
import { html, render } from '../../workbench/ui/view.ts';
import {
  addNames,
  changeClass,
  ClassError,
  classes,
  createClass,
  enter,
  mistakes,
} from '../class-api.ts';
import { pageWords } from '../page-words.ts';
import { codeView } from './code-view.ts';
import { detailView } from './detail-view.ts';
import { exerciseTexts } from './lesson-texts.ts';
import { notBegun, withMessage } from './live-class.ts';
import { Lead } from './lead.ts';
import { openLiveStream } from './live-stream.ts';
import { announced, withPresentIds } from './received.ts';
import type { Course, Detail, TeachActions, TeachModel } from './teach-model.ts';
import { teachView } from './teach-view.ts';

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
  ...{ present: new Set<string>(), frozenUntil: null, said: null, list: null },
  ...{ sure: null, isBusy: false, error: null, now: Date.now(), announcement: '' },
};
let stream: { close(): void } | undefined;
const lead = new Lead({
  model: () => model,
  change,
  // The same as the stream's, and earlier; what was before comes with the stream.
  work: (row) => receive({ type: 'work', now: Date.now() + (model.live?.ahead ?? 0), rows: [row] }),
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
    change({ isBusy: false, error: key, ...(key === 'not-teacher' && { step: 'stranger' }) });
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
  void lead.open(id);
  stream = openLiveStream(id, {
    message: receive,
    status: (status) => change({ status }),
  });
}

/** What the page asks before it knows anything: the teacher's link first, if it was opened with one. */
let again = (): void => {};

function showClasses(): void {
  stream?.close();
  lead.close();
  change({ present: new Set(), frozenUntil: null });
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

const actions: TeachActions = {
  create: () =>
    void attempt(async () => {
      const [made] = (await createClass(course.language)).classes;
      follow(made!.id);
      return { isCodeShown: true };
    }),
  open: (id) => follow(id),
  showClasses,
  again: () => again(),
  lock: (locked) => obey({ type: 'lock', locked }),
  newCode: () => obey({ type: 'new-code' }, { isCodeShown: true }),
  showCode(isShown) {
    const isNew = isShown !== model.isCodeShown;
    change({ isCodeShown: isShown });
    if (!isNew) return;
    // Without the right to it the dialog is large enough.
    if (isShown) void document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) void document.exitFullscreen();
  },
  choosePart: (part) => change({ part }),
  chooseOrder: (order) => change({ order }),
  showBoard: (isBoard) => change({ isBoard }),
  showCell: (member, exercise) => void showCell(member, exercise),
  showMember: (member) => change({ detail: { kind: 'member', member, isSure: false }, said: null }),
  showExercise: (exercise) => void showExercise(exercise),
  closeDetail: () => change({ detail: null, error: null }),
  rename: (member, name) => obey({ type: 'rename', member, name }, { detail: null }),
  remove(member) {
    const { detail } = model;
    if (detail?.kind !== 'member') return;
    if (!detail.isSure) return change({ detail: { ...detail, isSure: true } });
    obey({ type: 'remove', member }, { detail: null });
  },
  addNames: (text, done) =>
    void attempt(async () => {
      const list = await addNames(model.live!.class.id, text);
      done();
      return { list };
    }),
  listOnly: (listOnly) => obey({ type: 'list-only', listOnly }),
  release: (member) => obey({ type: 'release', member }, { detail: null }),
  merge: (member, from) => obey({ type: 'merge', member, from }, { detail: null }),
  removeIdle() {
    const { sure, live } = model;
    if (sure?.kind === 'idle')
      return obey({ type: 'remove-idle', until: sure.until }, { sure: null });
    const idle = live ? notBegun(live) : [];
    const until = Math.max(0, ...idle.map(({ joined }) => joined));
    change({ sure: { kind: 'idle', until, n: idle.length } });
  },
  deleteClass() {
    if (model.sure?.kind !== 'delete') return change({ sure: { kind: 'delete' } });
    obey({ type: 'delete' });
  },
  note: (text, to) => lead.note(text, to),
  bring: (exercise) => lead.bring(exercise),
  freeze: (seconds) => lead.freeze(seconds),
  keep: () => change({ sure: null }),
};

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
    return { classes: found.classes };
  }
  return { classes: found.classes, step: 'classes' };
}

/** Other pages of the teacher's lead back to `#class=<id>`. */
const ofClass = 'class=';
const hash = takeHash();
const isLink = hash !== '' && !hash.startsWith(ofClass);
again = () => void attempt(async () => begin(isLink ? await enter(hash) : await classes()));
again();
setInterval(() => model.step === 'class' && change({}), clockMs);
setInterval(() => model.frozenUntil !== null && change(thawed()), 1_000);

/**
 * What a learner has done, kept on the device: by ids, never by positions, so that it survives
 * lessons that move or are renamed. Pure; `store.ts` keeps it, pages show it.
 */
export interface LessonProgress {
  /** When it was first opened, and when its end was first reached: milliseconds since 1970. */
  opened?: number;
  read?: number;
}
export interface ExerciseProgress {
  /** When a program of it was first changed, and when all checks were true the last time. */
  tried?: number;
  passed?: number;
}
export interface Progress {
  version: 1;
  /** By the lesson's id. */
  lessons: Record<string, LessonProgress>;
  /** By `<lesson>/<exercise>`. */
  exercises: Record<string, ExerciseProgress>;
  /** What was chosen, from 0 on, by `<lesson>/predict-<id>` and `<lesson>/quiz-<id>`. */
  answers?: Record<string, { chosen: number }>;
  /** Where the reader was: the lesson, and the id of the heading (empty: its beginning). */
  last?: { lesson: string; heading: string };
}
export type LessonState = 'new' | 'begun' | 'done';

export const nothing = (): Progress => ({ version: 1, lessons: {}, exercises: {} });

/** New: never opened. Done: read to its end, and every exercise passed. */
export function progressStateOf(
  progress: Progress,
  lesson: string,
  exercises: readonly string[],
): LessonState {
  const { opened, read } = progress.lessons[lesson] ?? {};
  const all = exercises.every((id) => progress.exercises[id]?.passed !== undefined);
  if (read !== undefined && all) return 'done';
  const tried = exercises.some((id) => progress.exercises[id] !== undefined);
  return opened !== undefined || read !== undefined || tried ? 'begun' : 'new';
}

/** The present id of an exercise or a question, by the former ids of lessons, exercises and questions. */
export function exerciseNow(id: string, ids: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(ids, id)) return ids[id]!;
  const [lesson = '', name = ''] = id.split('/');
  return `${Object.hasOwn(ids, lesson) ? ids[lesson]! : lesson}/${name}`;
}

/** Moves the progress of former ids, of lessons, exercises and questions, to the present ones. */
export function renamed(progress: Progress, ids: Readonly<Record<string, string>>): Progress {
  const now = (id: string) => (Object.hasOwn(ids, id) ? ids[id]! : id);
  const moved = nothing();
  for (const [id, lesson] of Object.entries(progress.lessons)) {
    moved.lessons[now(id)] = earliest(moved.lessons[now(id)], lesson);
  }
  for (const [id, exercise] of Object.entries(progress.exercises)) {
    const to = exerciseNow(id, ids);
    moved.exercises[to] = both(moved.exercises[to], exercise);
  }
  for (const [id, answer] of Object.entries(progress.answers ?? {})) {
    (moved.answers ??= {})[exerciseNow(id, ids)] = answer;
  }
  if (progress.last) moved.last = { ...progress.last, lesson: now(progress.last.lesson) };
  return moved;
}

/** Two devices' progress as one: nothing that was done is lost. The place is that of `mine`. */
export function merged(mine: Progress, other: Progress): Progress {
  const all = nothing();
  for (const id of new Set([...Object.keys(mine.lessons), ...Object.keys(other.lessons)])) {
    all.lessons[id] = earliest(mine.lessons[id], other.lessons[id]);
  }
  for (const id of new Set([...Object.keys(mine.exercises), ...Object.keys(other.exercises)])) {
    all.exercises[id] = both(mine.exercises[id], other.exercises[id]);
  }
  if (mine.answers ?? other.answers) all.answers = { ...other.answers, ...mine.answers };
  const last = mine.last ?? other.last;
  if (last) all.last = last;
  return all;
}

/** The progress of a file, without ids that the course does not have. */
export function known(
  progress: Progress,
  lessons: readonly string[],
  exercises: readonly string[],
): Progress {
  const among = <T>(all: Record<string, T>, ids: readonly string[]): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)));
  return {
    ...progress,
    lessons: among(progress.lessons, lessons),
    exercises: among(progress.exercises, exercises),
  };
}

const least = (a?: number, b?: number) =>
  a !== undefined && b !== undefined ? Math.min(a, b) : (a ?? b);
const most = (a?: number, b?: number) =>
  a !== undefined && b !== undefined ? Math.max(a, b) : (a ?? b);

function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
const earliest = (a?: LessonProgress, b?: LessonProgress): LessonProgress =>
  given({ opened: least(a?.opened, b?.opened), read: least(a?.read, b?.read) });
const both = (a?: ExerciseProgress, b?: ExerciseProgress): ExerciseProgress =>
  given({ tried: least(a?.tried, b?.tried), passed: most(a?.passed, b?.passed) });

/** The lesson to go on with: the first that is not done, from the reader's place on and then from the start. */
export function nextUndone(
  progress: Progress,
  lessons: readonly { id: string; exercises: readonly string[] }[],
): string | undefined {
  const here = lessons.findIndex(({ id }) => id === progress.last?.lesson);
  const inOrder = [...lessons.slice(Math.max(0, here)), ...lessons.slice(0, Math.max(0, here))];
  return inOrder.find(({ id, exercises }) => progressStateOf(progress, id, exercises) !== 'done')
    ?.id;
}

/** The exercise to practise again: of those that were passed, the one longest ago. */
export function oldestPassed(progress: Progress, among: readonly string[]): string | undefined {
  const when = (id: string) => progress.exercises[id]?.passed ?? Infinity;
  return among.filter((id) => when(id) < Infinity).sort((a, b) => when(a) - when(b))[0];
}

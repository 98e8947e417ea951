/** Validates progress from outside (a file, the browser's store), which may contain anything. */
import { nothing, type ExerciseProgress, type LessonProgress, type Progress } from './progress.ts';

/** The most lessons, exercises or answers of a file; the whole course has about 200 answers. */
const mostEntries = 500;
/** Characters; a full one of the whole course has about 20,000. */
export const longestFile = 200_000;

const word = '[a-z0-9]+(?:-[a-z0-9]+)*';
const lessonId = new RegExp(`^(?=.{1,60}$)${word}$`);
const exerciseId = new RegExp(`^(?=.{1,120}$)${word}/${word}$`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Milliseconds since 1970, up to the last that a Date can hold. */
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 8.64e15;

function table<T>(value: unknown, id: RegExp, times: readonly (keyof T & string)[]) {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > mostEntries) return undefined;
  const read: Record<string, T> = {};
  for (const [name, one] of entries) {
    if (!id.test(name) || !isRecord(one)) return undefined;
    const kept: Record<string, number> = {};
    for (const time of times) {
      if (one[time] === undefined) continue;
      if (!isTime(one[time])) return undefined;
      kept[time] = one[time];
    }
    read[name] = kept as T;
  }
  return read;
}

/** Undefined if it is not progress of this course. Unknown fields are left out. */
export function readProgress(text: string): Progress | undefined {
  if (text.length > longestFile) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['version'] !== 1) return undefined;
  const lessons = table<LessonProgress>(value['lessons'], lessonId, ['opened', 'read']);
  const exercises = table<ExerciseProgress>(value['exercises'], exerciseId, ['tried', 'passed']);
  if (!lessons || !exercises) return undefined;
  const progress: Progress = { ...nothing(), lessons, exercises };
  if (value['answers'] !== undefined) {
    const answers = table<{ chosen: number }>(value['answers'], exerciseId, ['chosen']);
    if (!answers) return undefined;
    progress.answers = answers;
  }
  const last = value['last'];
  if (isRecord(last) && typeof last['lesson'] === 'string' && lessonId.test(last['lesson'])) {
    const heading = typeof last['heading'] === 'string' ? last['heading'].slice(0, 120) : '';
    progress.last = { lesson: last['lesson'], heading };
  }
  return progress;
}

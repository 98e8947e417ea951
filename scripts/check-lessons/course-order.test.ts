/** The order of the course, and of its paths: nothing is used before the lesson that explains it. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { course, paths } from '../../lessons/course.ts';
import { movedExercises, movedQuestions } from '../../lessons/moved.ts';
import { languages } from '../../src/i18n/index.ts';

const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const lessons = course.flatMap((part) => part.lessons);
const ids = lessons.map(({ id }) => id);
const written = new Set(lessons.filter(({ status }) => status === 'written').map(({ id }) => id));

/** What programs that a lesson gives to its readers use, and the lesson that explains it. */
const explained: [RegExp, string][] = [
  [/\bclean: false/, 'sessions'],
  [/\bqos: 1/, 'qos-1'],
  [/\bqos: 2/, 'qos-2'],
  [/\bretain: true/, 'retained'],
  [/\bwill: \{/, 'last-will'],
];
const given = (lesson: string): string =>
  globSync(`${root}/${lesson}/*/starter/*.{ts,py,sh}`)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

/** `<lesson> uses <what> before <the lesson that explains it>`. */
function usedTooEarly(way: readonly string[]): string[] {
  const here = way.filter((id) => written.has(id));
  return here.flatMap((lesson, at) =>
    explained.flatMap(([what, by]) => {
      const known = here.slice(0, at + 1).includes(by) || !written.has(by);
      return !known && what.test(given(lesson))
        ? [`${lesson} uses ${what.source} before ${by}`]
        : [];
    }),
  );
}

test('the rule finds a lesson in the wrong place', () => {
  expect(usedTooEarly(['last-will', 'retained', 'sessions', 'qos-1'])).toContain(
    'sessions uses \\bqos: 1 before qos-1',
  );
});

test.each([
  ['lesson', lessons],
  ['part', course],
])('a %s has one place, and no former id is in use', (_, list) => {
  const all = list.flatMap(({ id, formerly = [] }) => [id, ...formerly]);
  expect(all).toEqual([...new Set(all)]);
});

test('a moved exercise is where its learners are sent', () => {
  for (const [from, to] of movedExercises) {
    expect([existsSync(`${root}/${from}`), existsSync(`${root}/${to}/exercise.ts`)]).toEqual([
      false,
      true,
    ]);
  }
});

test('a moved question is in the lesson that its readers are sent to, and there only', () => {
  for (const [from, to] of movedQuestions) {
    const isIn = (id: string) => {
      const [lesson = '', name = ''] = id.split('/');
      const file = `${root}/${lesson}/en.mdx`;
      const [, kind = '', own = ''] = /^(predict|quiz)-(.+)$/.exec(name) ?? [];
      const tag = `<${kind === 'quiz' ? 'Quiz' : 'Predict'} id="${own}"`;
      return existsSync(file) && readFileSync(file, 'utf8').includes(tag);
    };
    expect([from, isIn(from), to, isIn(to)]).toEqual([from, false, to, true]);
  }
});

test('in the course nothing is used before it is explained', () => {
  expect(usedTooEarly(ids)).toEqual([]);
});

test.each(paths.map((path) => [path.id, path] as const))('the path %s', (_, path) => {
  for (const text of [path.title, path.about, path.time]) {
    for (const language of languages) expect(text[language]).toBeTruthy();
  }
  expect(path.lessons.filter((id) => !ids.includes(id))).toEqual([]);
  // The order of the course, and none twice.
  expect(path.lessons).toEqual(ids.filter((id) => path.lessons.includes(id)));
  expect(usedTooEarly(path.lessons)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { lessonFolders, readLesson } from '../check-lessons/lesson.ts';
import { readTable, rowOf } from './table.ts';
import { readTrials } from './trials.ts';

const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const rows = readTable(fileURLToPath(new URL('../../docs/hints.md', import.meta.url)));
const lessons = await Promise.all(lessonFolders(root).map((slug) => readLesson(root, slug)));
const exercises = lessons.flatMap((lesson) => lesson.exercises);

it('counts what the files have: npm run hints writes docs/hints.md anew', () => {
  const listed = new Set(rows.map(({ exercise }) => exercise));
  expect(rows.length).toBeGreaterThan(0);
  const played = exercises.filter(({ id }) => listed.has(id));
  const counted = played.map((files) => {
    const path = join(root, files.id, 'trials.txt');
    const trials = readTrials(readFileSync(path, 'utf8'), files);
    const { exercise, checks, hints, mistakes, right, wrong } = rowOf(files, trials);
    return { exercise, checks, hints, mistakes, right, wrong };
  });
  const written = rows.map(({ exercise, checks, hints, mistakes, right, wrong }) => ({
    ...{ exercise, checks, hints, mistakes, right, wrong },
  }));
  const byName = (a: { exercise: string }, b: { exercise: string }) =>
    a.exercise < b.exercise ? -1 : 1;
  expect(written.toSorted(byName)).toEqual(counted.toSorted(byName));
});

it('reports right ways that pass, wrong ones that fail, and hints that are true', () => {
  const sum = (column: Exclude<keyof (typeof rows)[number], 'exercise'>) =>
    rows.reduce((all, row) => all + row[column], 0);
  expect(sum('passed') / sum('right')).toBe(1);
  expect(sum('failed')).toBe(sum('wrong'));
  expect(sum('named') + sum('honest')).toBe(sum('wrong'));
  expect(sum('named') / sum('wrong')).toBeGreaterThanOrEqual(0.95);
});

it('reads programs that change the solution, and refuses a change of nothing', () => {
  const [files] = exercises.filter(({ id }) => id === 'first-message/publish');
  const trial = '== wrong x -> wrong-topic\n~ publisher.ts\n-hello/mqtt\n+hello\n';
  const [read] = readTrials(trial, files!);
  expect(read?.programs.get('publisher.ts')).toContain("'hello', 'Hello, MQTT!'");
  expect(read).toMatchObject({ isRight: false, hint: 'wrong-topic', isNamed: true });
  expect(() => readTrials(trial.replace('-hello', '-bonjour'), files!)).toThrow(/bonjour/);
  expect(() => readTrials('== wrong x\n', files!)).toThrow(/neither right nor wrong/);
});

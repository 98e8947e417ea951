/** How long the pages take to build as the course grows: copies of one lesson in a folder aside. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../scripts/build.ts';
import { astroBuild } from './tools.ts';

/** Below the project, so that its packages are found from there. */
const aside = join(root, '.retained', 'bench', 'growth');
const MODEL = 'first-message';
const COPIED = ['astro.config.mjs', 'tsconfig.json', 'package.json', 'src', 'scripts', 'sandbox'];

/** Seconds to build a course of so many lessons, each in both languages. */
export async function buildTime(lessons: number): Promise<number> {
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(join(aside, 'lessons'), { recursive: true });
  for (const name of COPIED) cpSync(join(root, name), join(aside, name), { recursive: true });
  const filter = (path: string) => basename(path) !== 'vendor';
  cpSync(join(root, 'public'), join(aside, 'public'), { recursive: true, filter });
  const from = join(root, 'lessons');
  for (const name of ['glossary.ts', 'proved.json'])
    cpSync(join(from, name), join(aside, 'lessons', name));
  const ids = Array.from({ length: lessons }, (_, at) => (at === 0 ? MODEL : `copy-${at}`));
  for (const id of ids) cpSync(join(from, MODEL), join(aside, 'lessons', id), { recursive: true });
  const entries = ids.map((id) => `written('${id}', 5, 'Lesson ${id}', '第 ${id} 課')`);
  const [head] = readFileSync(join(from, 'course.ts'), 'utf8').split('export const course');
  writeFileSync(
    join(aside, 'lessons', 'course.ts'),
    `${head}export const course: readonly Part[] = [
  { id: 'meet', title: { en: 'All', 'zh-tw': '全部' }, lessons: [${entries.join(',\n')}] },
];
export const paths: readonly Path[] = [];
void coming;
`,
  );
  writeFileSync(
    join(aside, 'lessons', 'moved.ts'),
    'export const movedExercises: readonly (readonly [string, string])[] = [];\nexport const movedQuestions = movedExercises;\n',
  );
  const began = performance.now();
  await astroBuild(`Building ${lessons} lessons`, aside, root);
  const seconds = (performance.now() - began) / 1000;
  rmSync(aside, { recursive: true, force: true });
  return seconds;
}

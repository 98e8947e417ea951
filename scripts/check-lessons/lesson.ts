/** A lesson as it lies on the disk: its prose in both languages, its exercises, their programs. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Exercise } from '../../sandbox/protocol.ts';
import { parseMdx, type Page } from './page.ts';

export const languages = ['en', 'zh-tw'] as const;
export type Language = (typeof languages)[number];

/** File name → text: one set of programs that are run together. */
export type Programs = ReadonlyMap<string, string>;

export interface ExerciseFiles {
  /** `<lesson>/<exercise>`. */
  id: string;
  exercise: Exercise;
  starter: Programs;
  solution: Programs;
  alsoRight: ReadonlyMap<string, Programs>;
  /** By folder: the id of the hint, and `--<variant>` where one mistake has several faces. */
  mistakes: ReadonlyMap<string, Programs>;
}

export interface LessonFiles {
  slug: string;
  pages: Partial<Record<Language, Page>>;
  exercises: ExerciseFiles[];
}

export const hintOfFolder = (folder: string): string => folder.split('--')[0]!;

const folders = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];

function programs(path: string): Programs {
  if (!existsSync(path)) return new Map();
  const files = readdirSync(path).sort();
  return new Map(files.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

const each = (path: string): ReadonlyMap<string, Programs> =>
  new Map(folders(path).map((name) => [name, programs(join(path, name))]));

/** @param root the folder `lessons/` */
export async function readLesson(root: string, slug: string): Promise<LessonFiles> {
  const lesson: LessonFiles = { slug, pages: {}, exercises: [] };
  for (const language of languages) {
    const path = join(root, slug, `${language}.mdx`);
    if (existsSync(path)) lesson.pages[language] = parseMdx(readFileSync(path, 'utf8'));
  }
  for (const name of folders(join(root, slug))) {
    const path = join(root, slug, name);
    const source = join(path, 'exercise.ts');
    if (!existsSync(source)) continue;
    const { default: exercise } = (await import(pathToFileURL(source).href)) as {
      default: Exercise;
    };
    lesson.exercises.push({
      id: `${slug}/${name}`,
      exercise,
      starter: programs(join(path, 'starter')),
      solution: programs(join(path, 'solution')),
      alsoRight: each(join(path, 'also-right')),
      mistakes: each(join(path, 'mistakes')),
    });
  }
  return lesson;
}

/** Folders of `lessons/`; whether the course lists them is a rule's question. */
export const lessonFolders = folders;

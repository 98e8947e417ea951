/** A lesson's files: its prose in both languages, its exercises, their programs. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  brokerFileNames as ofHouse,
  cloudFileNames,
  type BrokerFiles,
  type Exercise,
} from '../../sandbox/protocol/exercise.ts';
import { readCapture, type Capture } from '../../src/mdx/captures/capture.ts';
import type { Comments } from '../../src/mdx/comments.ts';
import { parseMdx, type ParsedPage } from './page.ts';

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
  /** By folder: the id of the hint, and `--<variant>` if one mistake has several variants. */
  mistakes: ReadonlyMap<string, Programs>;
  /** By file name without `.json`. */
  captures: ReadonlyMap<string, Capture>;
  /** `shape.ts`: a model of another program, shown to somebody who is stuck. */
  shape?: string | undefined;
  /** The translations of the programs' comments, by language. */
  comments: Partial<Record<Language, Comments>>;
}

export interface LessonFiles {
  slug: string;
  pages: Partial<Record<Language, ParsedPage>>;
  exercises: ExerciseFiles[];
}

/** Of both brokers of a room. */
export const brokerFileNames = [...ofHouse, ...cloudFileNames];

/**
 * The broker files of the room: the scene's files, changed by the starter's, changed by this set's.
 * A set holds only those files that a learner would change.
 */
export function brokerFilesOf({ exercise, starter }: ExerciseFiles, set: Programs): BrokerFiles {
  const files: BrokerFiles = { ...exercise.scene.files };
  for (const name of brokerFileNames) {
    const text = set.get(name) ?? starter.get(name);
    if (text !== undefined) files[name] = text;
  }
  return files;
}

/** Programs that the learner changes: where the solution is another text than the starter. */
export const changedPrograms = ({ exercise, starter, solution }: ExerciseFiles): string[] =>
  exercise.devices.filter((name) => starter.get(name) !== solution.get(name));

/** Every set of programs by its folder: `starter`, `solution`, `also-right/…`, `mistakes/…`. */
export const setsOf = (files: ExerciseFiles): ReadonlyMap<string, Programs> =>
  new Map([
    ['starter', files.starter],
    ['solution', files.solution],
    ...[...files.alsoRight].map(([name, set]) => [`also-right/${name}`, set] as const),
    ...[...files.mistakes].map(([name, set]) => [`mistakes/${name}`, set] as const),
  ]);

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
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(path, join(parentPath, name)).replaceAll(sep, '/'))
    .sort();
  return new Map(files.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

/** Other sets than starter and solution: a program that one does not hold is the starter's. */
function others(
  path: string,
  { devices }: Exercise,
  starter: Programs,
): ReadonlyMap<string, Programs> {
  const same = [...starter].filter(([name]) => devices.includes(name));
  const whole = (own: Programs) =>
    new Map([...new Map([...same, ...own])].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return new Map(folders(path).map((name) => [name, whole(programs(join(path, name)))]));
}

const textOf = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;

/** @throws naming the file that is no capture */
function captures(path: string, where: string): ReadonlyMap<string, Capture> {
  const all = new Map<string, Capture>();
  for (const [file, text] of programs(join(path, 'captures'))) {
    all.set(file.replace(/\.json$/, ''), readCapture(text, `${where}/${file}`));
  }
  return all;
}

function comments(path: string): ExerciseFiles['comments'] {
  const said: ExerciseFiles['comments'] = {};
  for (const language of languages) {
    const file = join(path, `comments.${language}.json`);
    if (existsSync(file)) said[language] = JSON.parse(readFileSync(file, 'utf8')) as Comments;
  }
  return said;
}

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
    const starter = programs(join(path, 'starter'));
    lesson.exercises.push({
      id: `${slug}/${name}`,
      exercise,
      starter,
      solution: programs(join(path, 'solution')),
      alsoRight: others(join(path, 'also-right'), exercise, starter),
      mistakes: others(join(path, 'mistakes'), exercise, starter),
      shape: textOf(join(path, 'shape.ts')),
      captures: captures(path, `${slug}/${name}/captures`),
      comments: comments(path),
    });
  }
  return lesson;
}

/** Folders of `lessons/`; whether the course lists them is a rule's question. */
export const lessonFolders = folders;

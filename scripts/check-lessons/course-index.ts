/** The facts about the whole course that rules use besides their lesson. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { course } from '../../lessons/course.ts';
import { glossary } from '../../lessons/glossary.ts';
import { parseMdx, type ParsedPage } from './page.ts';

export interface CourseIndex {
  /** Ids of the lessons that have pages, in order. */
  written: ReadonlySet<string>;
  /** Ids of all lessons. */
  all: ReadonlySet<string>;
  /** What may stand after `#` in an address of a page; undefined if there is no such page. */
  anchorsOf(page: string): ReadonlySet<string> | undefined;
  /** Whether the site serves a file at this address. */
  hasFile(path: string): boolean;
}

/** Pages that are no lessons. */
const OTHERS: Readonly<Record<string, ReadonlySet<string>>> = {
  glossary: new Set(Object.keys(glossary)),
  progress: new Set(),
  'cheat-sheet': new Set(),
  tested: new Set(),
};

/** As the site makes a heading's id of its English text. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const PREFIXES: Readonly<Record<string, string>> = {
  Exercise: 'exercise-',
  Quiz: 'quiz-',
  Predict: 'predict-',
};

/** Of a lesson's English page: every language has the same ones. */
export function anchorsIn({ headings, elements }: ParsedPage): ReadonlySet<string> {
  const ids = elements.flatMap(({ name, attributes }) => {
    const prefix = PREFIXES[name];
    return prefix === undefined ? [] : [`${prefix}${String(attributes['id'])}`];
  });
  return new Set([...headings.map(({ text }) => slugOf(text)), ...ids, 'sources']);
}

/** @param root the folder `lessons/` */
export function readCourse(root: string): CourseIndex {
  const lessons = course.flatMap((part) => part.lessons);
  const written = new Set(lessons.filter(({ status }) => status === 'written').map(({ id }) => id));
  const known = new Map<string, ReadonlySet<string>>();
  return {
    written,
    all: new Set(lessons.map(({ id }) => id)),
    anchorsOf(page) {
      if (Object.hasOwn(OTHERS, page)) return OTHERS[page];
      const path = join(root, page, 'en.mdx');
      if (!written.has(page) || !existsSync(path)) return undefined;
      if (!known.has(page)) known.set(page, anchorsIn(parseMdx(readFileSync(path, 'utf8'))));
      return known.get(page);
    },
    hasFile: (path) => existsSync(join(root, '..', 'public', path)),
  };
}

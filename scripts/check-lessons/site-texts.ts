/**
 * What people read besides the lessons: the glossary, titles, the words of panels, buttons and errors,
 * and the teachers' page. Each term has there the form that it has in the lessons.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from './lesson.ts';
import { parseMdx } from './page.ts';
import type { Report } from './report.ts';
import { wrongForms } from './rules/forms.ts';

/** A text of a table by language: `en: '…'`, `'zh-tw': '…'`, perhaps on the line after. */
const ENTRY = /(?:\ben|'zh-tw'):\s*'/g;

interface Text {
  where: string;
  text: string;
  language: (typeof languages)[number];
}

const lineAt = (source: string, index: number): number => source.slice(0, index).split('\n').length;

/** Of a file such as glossary.ts: the texts between quotes, by the language named before them. */
export function textsOfTable(file: string, source: string): Text[] {
  return [...source.matchAll(ENTRY)].map(({ 0: start, index }) => {
    const from = index + start.length;
    const text = /^(?:[^'\\\n]|\\.)*/.exec(source.slice(from))![0];
    const language = start.startsWith('en') ? 'en' : 'zh-tw';
    return { where: `${file}:${lineAt(source, from)}`, text, language } as const;
  });
}

/** Of a language file: each value, with its line. */
export const textsOfJson = (
  file: string,
  source: string,
  language: (typeof languages)[number],
): Text[] =>
  source.split('\n').flatMap((row, index) => {
    const value = /^\s*"[^"]+":\s*"(.*)",?$/.exec(row)?.[1];
    return value === undefined ? [] : [{ where: `${file}:${index + 1}`, text: value, language }];
  });

const TITLES = /\b(?:written|coming)\(\s*'[^']*',\s*(?:\d+,\s*)?'([^'\n]*)',\s*'([^'\n]*)',?\s*\)/g;

/** Of course.ts: written('id', 6, 'Title', '標題') and coming('id', 'Title', '標題'). */
export const titlesOf = (file: string, source: string): Text[] =>
  [...source.matchAll(TITLES)].flatMap(({ index, ...found }) => {
    const where = `${file}:${lineAt(source, index)}`;
    return languages.map((language, at) => ({ where, text: found[at + 1]!, language }));
  });

/** @param root the folder `lessons/` */
export function checkSiteTexts(root: string, report: Report): void {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const texts = [
    ...textsOfTable('lessons/glossary.ts', read('glossary.ts')),
    ...textsOfTable('lessons/course.ts', read('course.ts')),
    ...titlesOf('lessons/course.ts', read('course.ts')),
  ];
  for (const language of languages) {
    const page = `src/teach/${language}.mdx`;
    const { prose } = parseMdx(read(`../${page}`));
    texts.push(...prose.map(({ text, line }) => ({ where: `${page}:${line}`, text, language })));
    const folder = `src/i18n/${language}`;
    for (const name of readdirSync(join(root, '..', folder))) {
      if (!name.endsWith('.json')) continue;
      const file = `${folder}/${name}`;
      texts.push(...textsOfJson(file, read(`../${file}`), language));
    }
  }
  for (const { where, text, language } of texts) {
    const wrong = wrongForms(text.replaceAll(/`[^`]*`/g, ''), language);
    if (wrong.length === 0) report.passed();
    for (const { found, write } of wrong) report.failed(where, `“${found}”: here it is “${write}”`);
  }
}

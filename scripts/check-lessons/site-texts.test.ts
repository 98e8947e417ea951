import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { course } from '../../lessons/course.ts';
import { glossary } from '../../lessons/glossary.ts';
import { readFileSync } from 'node:fs';
import { Findings } from './report.ts';
import { checkSiteTexts, textsOfJson, textsOfTable, titlesOf } from './site-texts.ts';

const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const read = (name: string) => readFileSync(`${root}/${name}`, 'utf8');
const words = (texts: { text: string }[]) => texts.map(({ text }) => text);

test('finds every text of the glossary and every title of the course', () => {
  const said = Object.values(glossary).flatMap(({ term, means }) => [
    ...Object.values(term),
    ...Object.values(means),
  ]);
  expect(words(textsOfTable('glossary.ts', read('glossary.ts'))).sort()).toEqual(said.sort());
  const titles = course.flatMap((part) =>
    part.lessons.flatMap(({ title }) => Object.values(title)),
  );
  expect(words(titlesOf('course.ts', read('course.ts'))).sort()).toEqual(titles.sort());
});

test('a text has its line and its language', () => {
  expect(textsOfTable('g.ts', "x: {\n  en: 'line',\n  'zh-tw':\n    '線路',\n}")).toEqual([
    { where: 'g.ts:2', text: 'line', language: 'en' },
    { where: 'g.ts:4', text: '線路', language: 'zh-tw' },
  ]);
  expect(textsOfJson('a.json', '{\n  "panels.line": "線路"\n}', 'zh-tw')).toEqual([
    { where: 'a.json:2', text: '線路', language: 'zh-tw' },
  ]);
});

test('the site’s own texts have one form for each term', () => {
  const findings = new Findings();
  checkSiteTexts(root, findings);
  expect(findings.failures).toEqual([]);
});

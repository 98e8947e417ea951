/** Terms are of the glossary, which knows each in both languages; both pages link the same ones. */
import { glossary as whole, type Term } from '../../../lessons/glossary.ts';
import { languages } from '../lesson.ts';
import type { ParsedPage } from '../page.ts';
import type { LessonRule } from '../lesson-rule.ts';

const termsOf = (page: ParsedPage): Set<string> =>
  new Set(
    page.elements.flatMap(({ name, attributes }) =>
      name === 'Term' ? [String(attributes['id'])] : [],
    ),
  );

/** The missing part of a term's glossary entry; undefined if it is complete. */
function lackOf(term: Term | undefined): string | undefined {
  if (!term) return 'is not in lessons/glossary.ts';
  for (const language of languages) {
    for (const part of ['term', 'means'] as const) {
      if (!term[part][language]?.trim()) return `has no ${part} in ${language}`;
    }
  }
  return undefined;
}

export const terms =
  (glossary: Readonly<Record<string, Term>> = whole): LessonRule =>
  ({ slug, pages: { en, 'zh-tw': other } }, report) => {
    if (!en || !other) return;
    const [one, two] = [termsOf(en), termsOf(other)];
    for (const id of new Set([...one, ...two])) {
      const lack = lackOf(Object.hasOwn(glossary, id) ? glossary[id] : undefined);
      report.expect(lack === undefined, `${slug}`, `<Term ${id}> ${lack}`);
      const missing = !one.has(id) ? 'en.mdx' : !two.has(id) ? 'zh-tw.mdx' : undefined;
      report.expect(missing === undefined, `${slug}/${missing}`, `has no <Term ${id}>`);
    }
  };

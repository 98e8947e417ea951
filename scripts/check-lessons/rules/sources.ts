/**
 * A lesson names its sources, each with the section and, if it names a statement, one that exists.
 */
import { referenceOf, specifications, type Specification } from '../../../src/mdx/sources.ts';
import { languages } from '../lesson.ts';
import type { Element } from '../page.ts';
import type { LessonRule } from '../lesson-rule.ts';

/** The error of a `<Source>`; undefined if there is none. */
function wrongWithSource({ attributes }: Element): string | undefined {
  const { of, section, statement } = attributes;
  if (typeof of !== 'string') return 'names nothing: of="mqtt-3.1.1" …';
  if (typeof section !== 'string' || section.trim() === '') return 'names no section';
  if (!Object.hasOwn(specifications, of)) return undefined;
  try {
    referenceOf(
      of as Specification,
      section,
      typeof statement === 'string' ? statement : undefined,
    );
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export const sources: LessonRule = ({ slug, pages }, report) => {
  for (const language of languages) {
    const page = pages[language];
    if (!page) continue;
    const where = `${slug}/${language}.mdx`;
    const all = page.elements.filter(({ name }) => name === 'Source');
    report.expect(all.length > 0, where, 'names no source');
    for (const source of all) {
      const wrong = wrongWithSource(source);
      report.expect(!wrong, `${where}:${source.line}`, `<Source> ${wrong}`);
    }
  }
};

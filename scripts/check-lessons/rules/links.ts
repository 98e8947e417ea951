/**
 * Links inside the course lead to a page in the same language, to a place on it that exists, or to a
 * file that the site serves; others are https.
 */
import { anchorsIn, type CourseIndex } from '../course-index.ts';
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

export interface From {
  language: string;
  /** What may stand after `#` on the page itself. */
  anchors: ReadonlySet<string>;
}

/** The error of a link on a page; undefined if there is none. */
export function wrongWith(
  url: string,
  { language, anchors }: From,
  course: Pick<CourseIndex, 'anchorsOf' | 'hasFile'>,
): string | undefined {
  if (/^[a-z]+:/i.test(url)) {
    return url.startsWith('https://') && URL.canParse(url) ? undefined : 'is not https';
  }
  const [path = '', anchor] = url.split('#');
  if (path === '') {
    return anchor && anchors.has(anchor) ? undefined : 'leads to nothing on this page';
  }
  if (/^\/[^?]*\.\w+$/.test(path)) {
    return course.hasFile(path) ? undefined : 'leads to a file that is not in public/';
  }
  const [, found, page] = path.match(/^\/([^/]+)\/(?:([^/]+)\/)?$/) ?? [];
  if (found === undefined) return 'is not of the form /<language>/<lesson>/';
  if (found !== language) return `leads to another language; this page is ${language}`;
  if (page === undefined) return undefined;
  const there = course.anchorsOf(page);
  if (!there) return 'leads to a lesson that is not written';
  return anchor === undefined || there.has(anchor) ? undefined : `leads to nothing on ${page}`;
}

export const links: LessonRule = ({ slug, pages }, report, course) => {
  const anchors = pages.en ? anchorsIn(pages.en) : new Set<string>();
  for (const language of languages) {
    for (const { text, line } of pages[language]?.links ?? []) {
      report.count('links');
      const wrong = wrongWith(text, { language, anchors }, course);
      report.expect(!wrong, `${slug}/${language}.mdx:${line}`, `${text} ${wrong}`);
    }
  }
};

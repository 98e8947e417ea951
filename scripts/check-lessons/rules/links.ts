/** Links inside the course lead to a page that exists, in the same language; others are https. */
import type { Rule } from '../rule.ts';
import { languages } from '../lesson.ts';

/** What is wrong with a link on a page of a language; undefined where nothing is. */
export function wrongWith(
  url: string,
  language: string,
  written: ReadonlySet<string>,
): string | undefined {
  if (url.startsWith('#')) return undefined;
  if (/^[a-z]+:/i.test(url)) {
    return url.startsWith('https://') && URL.canParse(url) ? undefined : 'is not https';
  }
  const [, found, slug] = url.split('#')[0]!.match(/^\/([^/]+)\/(?:([^/]+)\/)?$/) ?? [];
  if (found === undefined) return 'is not of the form /<language>/<lesson>/';
  if (found !== language) return `leads to another language; this page is ${language}`;
  if (slug !== undefined && !written.has(slug)) return 'leads to a lesson that is not written';
  return undefined;
}

export const links: Rule = ({ slug, pages }, report, { written }) => {
  for (const language of languages) {
    for (const { text, line } of pages[language]?.links ?? []) {
      report.count('links');
      const wrong = wrongWith(text, language, written);
      report.expect(!wrong, `${slug}/${language}.mdx:${line}`, `${text} ${wrong}`);
    }
  }
};

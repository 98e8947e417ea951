import type { Language } from '../i18n/index.ts';

/** The path of the site on its host, with a slash at its end: `/`, `/learn/` (`astro.config.mjs`). */
export const base: string = import.meta.env?.BASE_URL ?? '/';

/** The address of a file of the site; `path` has no slash at its beginning. */
export const file = (path: string): string => `${base}${path}`;

/** The address of a page in a language; `to('en')` is the language's home. */
export const to = (language: Language, slug?: string): string =>
  file(slug ? `${language}/${slug}/` : `${language}/`);

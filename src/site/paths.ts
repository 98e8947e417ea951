import type { Language } from '../i18n/index.ts';

/** The address of a page in a language; `to('en')` is the language's home. */
export const to = (language: Language, slug?: string): string =>
  slug ? `/${language}/${slug}/` : `/${language}/`;

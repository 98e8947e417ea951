/** The canonical and alternate URLs of a page, for search engines. */
import { htmlLang, languages, type Language } from '../i18n/index.ts';
import { base, to } from './paths.ts';

export interface PageLink {
  rel: 'canonical' | 'alternate';
  hreflang?: string;
  /** With scheme and host. */
  href: string;
}

/** Canonical URL and the URLs of all languages. `slug`: the path after the language; absent: its home. */
export function addressesOf(site: URL, language: Language, slug?: string): PageLink[] {
  const address = (path: string) => new URL(path, site).href;
  return [
    { rel: 'canonical', href: address(to(language, slug)) },
    ...languages.map((other): PageLink => ({
      rel: 'alternate',
      hreflang: htmlLang[other],
      href: address(to(other, slug)),
    })),
    { rel: 'alternate', hreflang: 'x-default', href: address(slug ? to('en', slug) : base) },
  ];
}

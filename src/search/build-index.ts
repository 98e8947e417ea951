/** Makes a language's search index from the course. Pure: the build and the tests call it. */
import MiniSearch from 'minisearch';
import type { Found, SearchFile } from './shape.ts';
import { fields } from './shape.ts';
import { tokensOf } from './tokens.ts';

export interface Searchable extends Found {
  /** Title of its part, its search words, and its whole text. */
  part: string;
  text: string;
  isSuggested?: boolean;
}

export function searchFile(all: readonly Searchable[], words: SearchFile['words']): SearchFile {
  const index = new MiniSearch<Record<string, unknown>>({
    fields: [...fields],
    tokenize: tokensOf,
    processTerm: (term) => term,
  });
  index.addAll(
    all.map(({ title, part, headings, text }, id) => ({
      id,
      title,
      part,
      headings: headings.map((heading) => heading.text).join('\n'),
      text,
    })),
  );
  const found = all.map(({ href, title, where, about, headings }) => ({
    ...(href !== undefined && { href }),
    title,
    where,
    about,
    headings,
  }));
  const suggested = all.flatMap(({ isSuggested }, id) => (isSuggested ? [id] : []));
  return { found, suggested, index: index.toJSON(), words };
}

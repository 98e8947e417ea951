/** Searches the index. Titles that match the query come first, then the course's order. */
import MiniSearch from 'minisearch';
import { fields, type Found, type SearchFile } from './shape.ts';
import { plain, tokensOf } from './tokens.ts';

export interface Hit extends Found {
  /** The heading that matches the query, if there is one. */
  heading?: { id: string; text: string };
}

const most = 12;

/** Words may differ by a letter, pairs of Chinese characters may not. */
const bySpelling = (term: string): number | false => (/^[a-z]{4,}$/.test(term) ? 0.3 : false);

/** A glossary term is short and scores high; the lesson that teaches it must come first. */
const termWeight = 0.25;
/** Of two equal matches, a written lesson comes before a planned one. */
const comingWeight = 0.8;
const isTerm = ({ href }: Found) => href?.includes('#') === true;

/** A weight by how well the query matches the lesson's title. */
function named({ title }: Found, question: string): number {
  const name = plain(title);
  if (name === question) return 8;
  if (name.startsWith(question)) return 5;
  return name.includes(question) ? 3 : 1;
}
/** The query is the name of its part: all lessons of the part match as well as the best of them. */
const isOfPart = ({ title, where }: Found, question: string): boolean =>
  plain(where).startsWith(question) && !plain(title).includes(question);

/** Without words in the question: what the file suggests. */
export function createFinder(file: SearchFile): (question: string) => Hit[] {
  const index = MiniSearch.loadJS<Record<string, unknown>>(file.index as never, {
    fields: [...fields],
    tokenize: tokensOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 6, part: 3, headings: 3 },
      combineWith: 'AND',
      prefix: true,
      tokenize: tokensOf,
      processTerm: (term) => term,
    },
  });
  return (question) => {
    const asked = plain(question).trim();
    if (asked === '') return file.suggested.map((id) => file.found[id]!);
    if (tokensOf(asked).length === 0) return [];
    const exact = index.search(asked);
    // Only a word that nobody wrote is taken for a similar one: “lost” is not “last”.
    const all = exact.length > 0 ? exact : index.search(asked, { fuzzy: bySpelling });
    const hits = all.map(({ id, score }) => {
      const found = file.found[id as number]!;
      const weight = isTerm(found) ? termWeight : named(found, asked);
      return { found, id: id as number, score: score * weight };
    });
    const ofPart = hits.filter(({ found }) => !isTerm(found) && isOfPart(found, asked));
    const best = 2 * Math.max(...ofPart.map(({ score }) => score));
    for (const hit of ofPart) hit.score = best;
    return hits
      .map((hit) => ({ ...hit, score: hit.score * (hit.found.href ? 1 : comingWeight) }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, most)
      .map(({ found }) => {
        const words = asked.split(/\s+/);
        const heading =
          found.headings.find(({ text }) => plain(text).includes(asked)) ??
          found.headings.find(({ text }) => words.every((word) => plain(text).includes(word)));
        return heading ? { ...found, heading } : found;
      });
  };
}

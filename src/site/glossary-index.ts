/** The glossary as its page shows it: by the letter of the English word, with the lessons that use each term. */
import type { Term } from '../../lessons/glossary.ts';
import type { Language } from '../i18n/index.ts';

export const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'] as const;

export interface Entry extends Term {
  id: string;
}
export interface LetterGroup {
  letter: string;
  entries: readonly Entry[];
}

/** The first letter of the English word; signs before it don't count: `$SYS topics` stands under S. */
export const letterOf = ({ term }: Term): string =>
  /[a-z]/i.exec(term.en)?.[0].toUpperCase() ?? '#';

const { compare } = new Intl.Collator('en');
/** Of the English word, without the signs before it. */
const wordOf = ({ term }: Term): string => term.en.replace(/^[^a-z]+/i, '');

/** Letters that have terms, in order; in both languages the same (docs/decisions.md). */
export function byLetter(glossary: Readonly<Record<string, Term>>): LetterGroup[] {
  const entries = Object.entries(glossary)
    .map(([id, term]) => ({ id, ...term }))
    .sort((a, b) => compare(wordOf(a), wordOf(b)));
  const groups = Map.groupBy(entries, letterOf);
  return [...groups].map(([letter, own]) => ({ letter, entries: own }));
}

export interface Text {
  /** The lesson's id. */
  lesson: string;
  language: Language;
  /** The lesson as MDX. */
  body: string;
}

/** Term's id → the lessons of a language that link it with `<Term id>`, in the order of `texts`. */
export function lessonsUsing(
  texts: readonly Text[],
  language: Language,
): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>();
  for (const { lesson, body } of texts.filter((text) => text.language === language)) {
    const ids = new Set([...body.matchAll(/<Term\s+id="([^"]+)"/g)].map(([, id]) => id!));
    for (const id of ids) uses.set(id, [...(uses.get(id) ?? []), lesson]);
  }
  return uses;
}

/** A lesson's headings in its languages: as many in each, in the same order. */
export interface Heading {
  depth: number;
  /** The fragment of the address. */
  slug: string;
  text: string;
}

/** The headings that the contents of the page name. */
export const chapters = (headings: readonly Heading[]) =>
  headings.filter(({ depth }) => depth === 2);

/**
 * Own id of each heading → the id that it gets: the English one at the same place. Throws if the
 * languages have different numbers of headings.
 */
export function sharedIds(
  lesson: string,
  own: readonly Heading[],
  english: readonly Heading[],
): Record<string, string> {
  const [here, there] = [chapters(own), chapters(english)];
  if (here.length !== there.length) {
    const list = (all: Heading[]) => all.map(({ text }) => `“${text}”`).join(', ') || 'none';
    throw new Error(
      `lessons/${lesson}: the languages need the same headings; ` +
        `en.mdx has ${there.length} (${list(there)}), the other ${here.length} (${list(here)})`,
    );
  }
  return Object.fromEntries(here.map(({ slug }, at) => [slug, there[at]!.slug]));
}

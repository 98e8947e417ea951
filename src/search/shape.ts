/** The search's file, `/<language>/search.json`: written by the build, read by the dialog. */
export interface Found {
  /** Where it leads; absent: a lesson that is still to come. */
  href?: string;
  title: string;
  /** The part of the course, or the glossary. */
  where: string;
  /** One sentence. */
  about: string;
  /** Headings of the page, to go straight to the one that was asked for. */
  headings: { id: string; text: string }[];
}
export interface SearchFile {
  /** In the order of the course, the glossary's terms after it. */
  found: Found[];
  /** MiniSearch's own index; ids are places in `found`. */
  index: object;
  words: { coming: string };
}

/** Both sides must say the same to MiniSearch, or the index can't be read. */
export const fields = ['title', 'part', 'headings', 'text'] as const;

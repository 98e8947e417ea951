/** The search index, `/<language>/search.json`: written by the build, read by the dialog. */
export interface Found {
  /** The link; absent for a planned lesson. */
  href?: string;
  title: string;
  /** The part of the course, or the glossary. */
  where: string;
  /** One sentence. */
  about: string;
  /** Headings of the page, so that a result can link to one. */
  headings: { id: string; text: string }[];
}
export interface SearchFile {
  /** In the order of the course, the glossary's terms after it. */
  found: Found[];
  /** Positions in `found` of what is offered before anything is typed. */
  suggested: number[];
  /** MiniSearch's own index; ids are positions in `found`. */
  index: object;
  words: { coming: string };
}

/** The build and the page must pass the same options to MiniSearch, or it cannot read the index. */
export const fields = ['title', 'part', 'headings', 'text'] as const;

/**
 * The words that every exercise has, in one file for each language: a page for reading has none of
 * them, and the workbench of the next page has them already.
 */
export interface CommonWords {
  /** `workbench.json`. */
  strings: Record<string, string>;
  /** `hints.json`: of the hints that every exercise has (`sandbox/checks/common.ts`). */
  sentences: Record<string, string>;
}

const files = import.meta.glob<CommonWords>('./common/*.ts');

/** Rejects if the file can't be fetched. */
export const commonWords = (language: 'en' | 'zh-tw'): Promise<CommonWords> =>
  files[`./common/${language}.ts`]!();

import type { Sentences } from '../compile/compiled.ts';
import { words } from '../device/runtime/words.ts';

/** The compiler's own sentences. It has no language files, so that a changed word does not build it anew. */
export function compileSentences(language: 'en' | 'zh-tw'): Sentences {
  const t = words(language);
  return {
    unknownImport: t('compile.unknownImport'),
    tooLong: t('compile.tooLong'),
    tooDeep: t('compile.tooDeep'),
    tooSlow: t('compile.tooSlow'),
  };
}

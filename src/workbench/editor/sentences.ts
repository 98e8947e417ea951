import type { Sentences } from '../compile/compiled.ts';
import { words } from '../device/runtime/words.ts';

/** The compiler's own sentences. It has no language files, so that a changed word does not build it anew. */
export function compileSentences(language: 'en' | 'zh-tw'): Sentences {
  const say = words(language);
  return { unknownImport: say('compile.unknownImport'), tooLong: say('compile.tooLong') };
}

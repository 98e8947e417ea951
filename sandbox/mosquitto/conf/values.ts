/** Validates one value of an option: `conf__parse_bool` and `conf__parse_string` (src/conf.c). */
import { isCleanUtf8 } from './c-text.ts';

/** `conf__parse_bool` (src/conf.c). */
export function readBool(word: string | undefined, label: string): boolean | { error: string } {
  if (word === undefined) return { error: `Error: Empty ${label} value in configuration.` };
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  return { error: `Error: Invalid ${label} value (${word}).` };
}

/** The checks of `conf__parse_string` on the rest of the line, without blanks. */
export function stringError(text: string, label: string): string | undefined {
  if (text === '') return `Error: Empty ${label} value in configuration.`;
  if (!isCleanUtf8(text)) return 'Error: Malformed UTF-8 in configuration.';
  return undefined;
}

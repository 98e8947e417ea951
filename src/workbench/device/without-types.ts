import { stripTypeScriptTypes } from 'node:module';

/**
 * A program in TypeScript → the same in JavaScript. Types are blanked, so that every position
 * stays; enums and the like move the text after them. A program that is malformed is returned as it
 * is: the thread that loads it reports the error.
 */
export function withoutTypes(program: string): string {
  for (const mode of ['strip', 'transform'] as const) {
    try {
      return stripTypeScriptTypes(program, { mode, sourceMap: mode === 'transform' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') break;
    }
  }
  return program;
}

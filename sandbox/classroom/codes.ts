/** Join codes, personal codes and secrets: made, read as people type them, and compared. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { wordLists } from './words.ts';

/** No vowel (no words by chance), and none of I, L, O, Q, U, which look like others. */
const letters = 'BCDFGHJKMNPRSTVWXYZ';
const codeLength = 6;

/** `KXTBRM`: 47 million of them. */
export const joinCode = (): string =>
  Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('');

/** The code in what somebody typed: `kxt-brm`, `K X T B R M`; null if it is none. */
export function readJoinCode(text: string): string | null {
  if (text.length > 40) return null;
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return code.length === codeLength && [...code].every((one) => letters.includes(one))
    ? code
    : null;
}

/** `apple-river-lantern`, `蘋果-溪流-月亮`: three words of the class's language. */
export function personalCode(language: 'en' | 'zh-tw'): string {
  const words = wordLists[language];
  return Array.from({ length: 3 }, () => words[randomInt(words.length)]).join('-');
}

/** A personal code without what people put between its words; empty if there is nothing else. */
export const plainWords = (text: string): string =>
  text.slice(0, 100).normalize('NFKC').toLowerCase().replace(/[^\p{L}]/gu, ''); // prettier-ignore

/** 192 bits, for a cookie or a link. */
export const secret = (): string => randomBytes(24).toString('base64url');

/** Only hashes of secrets are stored. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Takes the same time wherever the two differ. */
export const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

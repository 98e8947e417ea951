/**
 * Tokens: words of letters and digits, and every pair of adjacent Chinese characters (保留訊息
 * → 保留 留訊 訊息), because Chinese has no spaces and a single character is too common.
 */
const run = /[\p{Script=Han}]+|[\p{L}\p{N}]+/gu;
const han = /^\p{Script=Han}/u;

/** Full-width letters become half-width, upper case becomes lower case. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const [piece] of splitScripts(plain(text)).matchAll(run)) {
    if (!han.test(piece)) tokens.push(piece);
    else {
      const signs = [...piece];
      if (signs.length === 1) tokens.push(piece);
      for (let at = 1; at < signs.length; at += 1) tokens.push(signs[at - 1]! + signs[at]!);
    }
  }
  return tokens;
}

/** `看broker裡面` is three runs: letters next to Chinese are separate words. */
const splitScripts = (text: string) =>
  text.replace(
    /(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/gu,
    ' ',
  );

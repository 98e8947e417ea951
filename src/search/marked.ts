/** Which parts of a text a reader searched for. Pure. */
export interface Part {
  part: string;
  isMarked: boolean;
}

/** Each place where a word of the query begins a word of the text, or stands in Chinese text. */
export function markedParts(text: string, words: readonly string[]): Part[] {
  const sought = words.filter((word) => word !== '').map((word) => word.replaceAll(/\W/g, escaped));
  if (sought.length === 0) return [{ part: text, isMarked: false }];
  const form = new RegExp(`((?<![A-Za-z0-9])(?:${sought.join('|')}))`, 'giu');
  return text
    .split(form)
    .map((part, at) => ({ part, isMarked: at % 2 === 1 }))
    .filter(({ part }) => part !== '');
}

/** Signs of regular expressions; other characters stand for themselves, and with `u` a `\-` is none. */
const escaped = (sign: string) => ('\\^$.*+?()[]{}|/'.includes(sign) ? `\\${sign}` : sign);

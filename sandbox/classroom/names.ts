/** Names of members: text from anybody, for a list that a whole class sees. */

/** Code points; a line of the teacher's list. */
const longest = 40;

/**
 * A name as it is kept: one form of each character, no control or formatting characters (those that
 * turn text round among them), single spaces, at most two marks on a letter. Null if nothing is left.
 */
export function readName(text: string): string | null {
  const name = text
    .slice(0, 1_000)
    .normalize('NFC')
    .replace(/[\p{Z}\t\n\r]+/gu, ' ')
    .replace(/[\p{C}\u115f\u1160\u2800\u3164\uffa0]/gu, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim();
  const short = [...name].slice(0, longest).join('').trim();
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(short) ? short : null;
}

/** Names that look the same are the same. */
export const sameness = (name: string): string =>
  name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '').toLowerCase(); // prettier-ignore

/** `Mei`, or `Mei 2` if there is one. */
export function distinctName(name: string, taken: Iterable<string>): string {
  const all = new Set([...taken].map(sameness));
  if (!all.has(sameness(name))) return name;
  for (let n = 2; ; n++) if (!all.has(sameness(`${name} ${n}`))) return `${name} ${n}`;
}

/** Lines of a pasted list that are read; a class is smaller by far. */
const mostLines = 10_000;

/**
 * The names of a pasted list, one a line, as `readName` reads them. A name that is there twice is two people,
 * told apart; lines with nothing but spaces are none. Of a table only the first cell of a line is read.
 */
export function readNameList(text: string): { names: string[]; unreadable: number } {
  const taken = new Map<string, number>();
  const names: string[] = [];
  let unreadable = 0;
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/, mostLines)) {
    const cell = line.split('\t').find((one) => one.trim() !== '') ?? '';
    if (cell.trim() === '') continue;
    const name = readName(cell);
    if (name === null) {
      unreadable++;
      continue;
    }
    // As `distinctName`, without a look at all others for each.
    let n = taken.get(sameness(name)) ?? 0;
    let distinct: string;
    do distinct = ++n === 1 ? name : `${name} ${n}`;
    while (n > 1 && taken.has(sameness(distinct)));
    taken.set(sameness(name), n);
    if (n > 1) taken.set(sameness(distinct), 1);
    names.push(distinct);
  }
  return { names, unreadable };
}

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
const sameness = (name: string): string =>
  name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '').toLowerCase(); // prettier-ignore

/** `Mei`, or `Mei 2` if there is one. */
export function distinctName(name: string, taken: Iterable<string>): string {
  const all = new Set([...taken].map(sameness));
  if (!all.has(sameness(name))) return name;
  for (let n = 2; ; n++) if (!all.has(sameness(`${name} ${n}`))) return `${name} ${n}`;
}

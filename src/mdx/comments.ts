/**
 * What a person reads of an exercise's programs, in the reader's language: their comments, and the
 * texts that they only print. `comments.<language>.json`.
 */

/** A comment without its mark, or a printed text without its quotes → in that language. */
export type Comments = Readonly<Record<string, string>>;

/** `#` only at the beginning of a line: elsewhere it is a wildcard. */
const comment = /(^#|^\/\/|\s\/\/) (.+)$/gm;

/** What stands between the brackets of one `console.log(`, to the end of its line. */
const printing = /(?<=console\.log\().*/g;
const literal = /'([^'\\\n]*)'/g;

/** Each text once that `console.log` prints and that has a word to translate. */
export const printedIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(printing)]
      .flatMap(([rest]) => [...rest.matchAll(literal)])
      .map(([, words]) => words!)
      .filter((words) => /\b[A-Za-z][a-z]+\b/.test(words)),
  ),
];

/** Each comment once, without its mark. */
export const commentsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(comment)].map(([, , words]) => words!)),
];

/** Only comments and printed texts change: a program sends the same in every language. */
export function inLanguage(text: string, comments: Comments): string {
  const said = (words: string) => (Object.hasOwn(comments, words) ? comments[words] : undefined);
  return text
    .replaceAll(comment, (_, mark: string, words: string) => `${mark} ${said(words) ?? words}`)
    .replaceAll(printing, (rest) =>
      rest.replaceAll(literal, (_, words: string) => `'${said(words) ?? words}'`),
    );
}

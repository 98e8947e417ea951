/** Comments of an exercise's programs in the reader's language: `comments.<language>.json`. */

/** A comment as it stands in the programs, without its mark → in that language. */
export type Comments = Readonly<Record<string, string>>;

/** `#` only at the beginning of a line: elsewhere it is a wildcard. */
const comment = /(^#|^\/\/|\s\/\/) (.+)$/gm;

/** Each comment once, without its mark. */
export const commentsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(comment)].map(([, , words]) => words!)),
];

/** Nothing but comments changes: a program does the same in every language. */
export const inLanguage = (text: string, comments: Comments): string =>
  text.replaceAll(comment, (whole, mark: string, words: string) =>
    Object.hasOwn(comments, words) ? `${mark} ${comments[words]}` : whole,
  );

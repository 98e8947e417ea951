/** Puts a lesson into the text of `lessons/course.ts`. */

export interface NewLesson {
  slug: string;
  minutes: number;
  title: { en: string; 'zh-tw': string };
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export class CourseError extends Error {
  override readonly name = 'CourseError';
}

/**
 * A lesson that is named as coming becomes written, with its titles and its place; any other goes
 * to the end of the part.
 * @throws CourseError if it is written already, or there is no such part
 */
export function withLesson(source: string, lesson: NewLesson, part: string | undefined): string {
  const { slug, minutes, title } = lesson;
  if (new RegExp(`written\\('${slug}'`).test(source)) {
    throw new CourseError(`${slug} is written already`);
  }
  const coming = new RegExp(
    `coming\\('${slug}', ('(?:[^'\\\\]|\\\\.)*', '(?:[^'\\\\]|\\\\.)*')\\)`,
  );
  if (coming.test(source)) {
    return source.replace(
      coming,
      (_whole, titles: string) => `written('${slug}', ${minutes}, ${titles})`,
    );
  }
  const entry = `written('${slug}', ${minutes}, ${quoted(title.en)}, ${quoted(title['zh-tw'])}),`;
  const parts = [...source.matchAll(/^ {4}id: '([^']+)',$/gm)];
  const names = parts.map(([, id]) => id).join(', ');
  if (part === undefined) {
    throw new CourseError(`${slug} is not named in lessons/course.ts: --part ${names}`);
  }
  const at = parts.find(([, id]) => id === part);
  if (!at) throw new CourseError(`there is no part ${part}; there are ${names}`);
  const end = source.indexOf('\n    ],', at.index);
  return `${source.slice(0, end)}\n      ${entry}${source.slice(end)}`;
}

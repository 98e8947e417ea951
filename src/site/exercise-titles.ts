/** What an exercise is called where it stands alone: by the heading that it stands under. */

export interface ExerciseTitle {
  /** As in `<Exercise id>`. */
  id: string;
  title: string;
}

/**
 * The exercises of a lesson in the order of the text. One before the first heading has the lesson's
 * title; two under one heading are numbered.
 * @param body the MDX without its front matter
 */
export function exerciseTitles(body: string, lessonTitle: string): ExerciseTitle[] {
  const found: { id: string; heading: string }[] = [];
  let heading = lessonTitle;
  const text = body.replace(/^(```+)[\s\S]*?^\1/gm, '');
  for (const line of text.split('\n')) {
    if (line.startsWith('## '))
      heading = line
        .slice(3)
        .replaceAll(/[`*]|<[^>]*>/g, '')
        .trim();
    const id = /<Exercise\s+id="([\w-]+)"/.exec(line)?.[1];
    if (id !== undefined) found.push({ id, heading });
  }
  return found.map(({ id, heading }, at) => {
    const same = found.filter((one) => one.heading === heading);
    const number = found.slice(0, at + 1).filter((one) => one.heading === heading).length;
    return { id, title: same.length > 1 ? `${heading} (${number})` : heading };
  });
}

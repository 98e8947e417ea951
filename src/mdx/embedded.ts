/** Between these stands, in a rendered lesson, the one exercise that an embedded page shows. */
export const embedStart = '<!--exercise-->';
export const embedEnd = '<!--/exercise-->';

/** @throws Error if the lesson's text doesn't hold the exercise exactly once */
export function embeddedIn(html: string): string {
  const parts = html.split(embedStart);
  const [exercise, rest] = parts[1]?.split(embedEnd) ?? [];
  if (parts.length !== 2 || exercise === undefined || rest === undefined)
    throw new Error(`the exercise to embed is there ${parts.length - 1} times`);
  return exercise;
}

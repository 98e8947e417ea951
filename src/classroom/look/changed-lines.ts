/** Which lines of a program are not as they were: where the learner types. */

/** @returns the first and the last line that differ, from 0; null if none of `after` does */
export function changedLines(before: string, after: string): { from: number; to: number } | null {
  if (before === after) return null;
  const [old, now] = [before.split('\n'), after.split('\n')];
  const least = Math.min(old.length, now.length);
  let from = 0;
  while (from < least && old[from] === now[from]) from++;
  let same = 0;
  while (same < least - from && old[old.length - 1 - same] === now[now.length - 1 - same]) same++;
  const to = now.length - 1 - same;
  return to < from ? null : { from, to };
}

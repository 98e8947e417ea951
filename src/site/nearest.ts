/** Of two addresses: how many letters must be typed, left out or exchanged. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const changed = row[j]! + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}

/**
 * The id that somebody most likely meant: at most every third letter is wrong, or it is a part of it, or
 * holds it. Undefined if none is so near.
 */
export function nearestTo(asked: string, ids: readonly string[]): string | undefined {
  // An address comes from anywhere.
  const text = asked.toLowerCase().slice(0, 60);
  if (text.length < 3) return undefined;
  const isPart = (id: string) => id.includes(text) || text.includes(id);
  const near = ids
    .map((id) => ({ id, cost: isPart(id) ? 0.5 : distance(text, id) }))
    .filter(({ id, cost }) => cost <= Math.max(text.length, id.length) / 3)
    .sort((a, b) => a.cost - b.cost);
  return near[0]?.id;
}

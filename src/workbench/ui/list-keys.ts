/**
 * The row that a key of a list leads to from row `at` (undefined: none is selected). `last` is the
 * last row, `page` the number of rows in sight. Undefined if the key leads nowhere.
 */
export function rowForKey(
  key: string,
  at: number | undefined,
  last: number,
  page: number,
): number | undefined {
  if (last < 0) return undefined;
  const step = Math.max(1, page - 1);
  const to = {
    ArrowDown: (at ?? -1) + 1,
    ArrowUp: (at ?? last + 1) - 1,
    PageDown: (at ?? -1) + step,
    PageUp: (at ?? last + 1) - step,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

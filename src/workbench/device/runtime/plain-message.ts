/**
 * The last check before the control port: only short texts, numbers and truth values. A program can replace the
 * methods of `Map` and `String`, so the runtime's message is checked again here, without a call
 * that the program could have replaced. A message that is not plain does not leave the worker.
 */
const MOST_KEYS = 8;
const MOST_ITEMS = 240;
const MOST_CHARACTERS = 8192;

export function plainMessage(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return value;
    case 'string':
      return value.length <= MOST_CHARACTERS ? value : undefined;
    case 'object':
      return value === null || depth > 1 ? undefined : plainObject(value, depth + 1);
    default:
      return undefined;
  }
}

function plainObject(value: object, depth: number): unknown {
  if (value instanceof Array) {
    const length = value.length < MOST_ITEMS ? value.length : MOST_ITEMS;
    const items: unknown[] = [];
    for (let at = 0; at < length; at++) items[at] = plainMessage(value[at], depth);
    return items;
  }
  const copy = { __proto__: null } as unknown as Record<string, unknown>;
  let keys = 0;
  for (const key in value) {
    if (++keys > MOST_KEYS) break;
    const read = plainMessage((value as Record<string, unknown>)[key], depth);
    if (read !== undefined) copy[key] = read;
  }
  return copy;
}

/** What stands in a payload that is JSON. */

export type Fields = Record<string, unknown>;

/** The value that a text says; undefined if it isn't JSON. */
export function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A date and a time with its zone, as ISO 8601 writes them: `2026-11-30T05:12:00Z`. */
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
export const isTime = (at: unknown): at is string =>
  typeof at === 'string' && WITH_ZONE.test(at) && !Number.isNaN(Date.parse(at));

/** What a platform keeps for the next visit, as text: `cmi.suspend_data`. */
import * as v from 'valibot';
import { exerciseNow } from '../../sandbox/protocol/progress.ts';

/** CMIString4096. */
export const LONGEST_DATA = 4096;

const schema = v.object({
  v: v.literal(1),
  passed: v.pipe(v.array(v.pipe(v.string(), v.maxLength(120))), v.maxLength(500)),
});

/** @returns at most 4,096 characters, if the part's ids fit (`scripts/scorm/part.ts` checks that) */
export const suspendData = (passed: Iterable<string>): string =>
  JSON.stringify({ v: 1, passed: [...passed] } satisfies v.InferOutput<typeof schema>);

/**
 * The exercises that were passed, of those that there are. Nothing, if it is not of this course.
 * @param renamed former ids → present ones: a teacher may have put in a newer package
 */
export function passedOf(
  text: string,
  exercises: readonly string[],
  renamed: Readonly<Record<string, string>> = {},
): string[] {
  if (text.length > LONGEST_DATA) return [];
  try {
    const passed = v.parse(schema, JSON.parse(text)).passed.map((id) => exerciseNow(id, renamed));
    return exercises.filter((id) => passed.includes(id));
  } catch {
    return [];
  }
}

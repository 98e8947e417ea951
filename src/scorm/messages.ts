/** What a lesson's page tells the page around it. Both are of one origin. */
import * as v from 'valibot';

const id = v.pipe(v.string(), v.maxLength(120));
const schema = v.variant('type', [
  v.object({ type: v.literal('retained:lesson'), lesson: id }),
  v.object({ type: v.literal('retained:passed'), exercise: id }),
]);
export type FromLesson = v.InferOutput<typeof schema>;

/** Undefined if it is no such message. */
export function fromLesson(data: unknown): FromLesson | undefined {
  const read = v.safeParse(schema, data);
  return read.success ? read.output : undefined;
}

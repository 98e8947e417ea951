/** Schemas of the messages about faces: bounded, and only the fields that they name. */
import * as v from 'valibot';

/** So many faces a person can look at; more are left out. */
export const MAX_FACES = 12;
const MAX_FACE_NAME = 60;
const MAX_UNIT = 12;
const MAX_DISPLAY = 300;
/** Points of a chart in one message. */
const MAX_POINTS = 240;

/** A text, cut off behind so many characters. */
export const textUpTo = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, most)),
  );

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_FACES));
const number = v.pipe(v.number(), v.minValue(-1e12), v.maxValue(1e12));
/** The newest valid points. They are not checked one by one before: there may be millions. */
const points = v.pipe(
  v.custom<unknown[]>(Array.isArray),
  v.transform((all) => all.slice(-MAX_POINTS).filter((point) => v.is(number, point))),
);

/** The faces that a program can have on the page (`import … from 'device'`). */
const kind = v.picklist(['lamp', 'door', 'bell', 'button', 'gauge', 'chart', 'display', 'thermometer']); // prettier-ignore
export type FaceKind = v.InferOutput<typeof kind>;

/** A scale that is none is left out, and so is a unit. */
const options = v.fallback(
  v.pipe(
    v.object({
      min: v.fallback(v.optional(number), undefined),
      max: v.fallback(v.optional(number), undefined),
      unit: v.fallback(v.optional(textUpTo(MAX_UNIT)), undefined),
    }),
    v.transform(({ min, max, unit }): FaceOptions => ({
      ...(min !== undefined && max !== undefined && min < max && { min, max }),
      ...(unit !== undefined && { unit }),
    })),
  ),
  {},
);
export interface FaceOptions {
  min?: number;
  max?: number;
  unit?: string;
}

/** lamp: brightness 0 … 1; door: 1 is open; bell: how often it rang; gauge, thermometer: number; display: text; chart: its new points. */
const value = v.union([textUpTo(MAX_DISPLAY), points, number]);
export type FaceValue = v.InferOutput<typeof value>;

/** A face that the program has now; `id` counts from 1. */
export const face = v.object({
  type: v.literal('face'),
  id,
  kind,
  name: textUpTo(MAX_FACE_NAME),
  options,
});
/** Its newest value; a chart's are all since the last message. At most 30 times a second. */
export const faceValue = v.object({ type: v.literal('face-value'), id, value });

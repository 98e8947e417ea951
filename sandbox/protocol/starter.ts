/**
 * What a teacher gives to a class, or to one of it, for one exercise: programs, and the broker's files. The class's
 * broker retains it on `class/<to>/starter/<lesson>/<exercise>` until it is taken back. A learner's page shows it as
 * text, and changes nothing before the learner asks for it.
 */
import * as v from 'valibot';
import { exerciseId } from './assignment.ts';
import { brokerFileNames, cloudFileNames } from './exercise.ts';
import { parseJson } from './parse-json.ts';

/** Bytes of such a message; the line of the class's broker takes 65,536. */
export const mostStarterBytes = 32_768;
/** Those of a class that hold at once, and all bytes of them. */
export const mostStarters = 100;
export const mostStartersBytes = 524_288;
/** It goes by itself after two weeks. */
export const starterSeconds = 14 * 86_400;

const text = v.pipe(v.string(), v.maxLength(mostStarterBytes));
const name = v.pipe(v.string(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,99}$/u));
const files = v.pipe(v.array(v.object({ name, text })), v.maxLength(12));
const brokerFile = v.picklist([...brokerFileNames, ...cloudFileNames]);

/** At least one program or file, each name once. */
export const given = v.pipe(
  v.object({
    files,
    /** Those of the broker; none: the broker stays as it is. */
    broker: v.pipe(v.array(v.object({ name: brokerFile, text })), v.maxLength(6)),
  }),
  v.check(({ files: programs, broker }) => programs.length + broker.length > 0),
  v.check(({ files: programs, broker }) => isDistinct(programs) && isDistinct(broker)),
);
export type Given = v.InferOutput<typeof given>;

const isDistinct = (all: readonly { name: string }[]): boolean =>
  new Set(all.map((one) => one.name)).size === all.length;

const starter = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    exercise: exerciseId,
    /** When the teacher gave it: milliseconds since 1970. */
    at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    given,
  }),
);
export type Starter = v.InferOutput<typeof starter>;

/** Undefined also for the empty message that takes one back. */
export const readStarter = (payload: Uint8Array | string): Starter | undefined =>
  parseJson(starter, typeof payload === 'string' ? payload : new TextDecoder().decode(payload));

/** Of a learner's own and of everybody's, the one that was given last. */
export const newest = (all: readonly Starter[]): Starter | undefined =>
  all.reduce<Starter | undefined>((last, one) => (last && last.at > one.at ? last : one), undefined); // prettier-ignore

/**
 * The topics of a class's own broker, and what is in their messages. `sandbox/classroom/class-access.ts`
 * says who may write and read which. Whoever receives a message validates it.
 */
import * as v from 'valibot';
import { exerciseId } from './assignment.ts';
import { parseJson } from './parse-json.ts';
import { given } from './starter.ts';
import { work, type Work } from './work.ts';

/** For everybody; a member's id is never this. */
const all = 'all';

export const classTopics = {
  /** `here`, or `away`: the page's last will. Retained. */
  presence: (member: string): string => `class/${member}/presence`,
  /** The member's work on the exercise that changed last, as the server decided it. Retained. */
  state: (member: string): string => `class/${member}/state`,
  /** Somebody else looks at the member's screen or room. From the server, who knows it. */
  look: (member: string): string => `class/${member}/look`,
  /** The member's program and output, while the teacher looks. */
  screen: (member: string): string => `class/${member}/screen`,
  /** From the teacher, by the server, to one member or to all. Retained, with an expiry. */
  note: (to: string = all): string => `class/${to}/note`,
  bring: `class/${all}/bring`,
  /** What is assigned, from the server: `assignment.ts`. Retained. */
  assignment: `class/${all}/assignment`,
  freeze: `class/${all}/freeze`,
  /** The teacher shows their own run: `class-show.ts`. From the server, said again. */
  show: `class/${all}/show`,
  /** What the teacher gives for an exercise, by the server: `starter.ts`. Retained, with an expiry. */
  starter: (exercise: string, to: string = all): string => `class/${to}/starter/${exercise}`,
  /** Whether the shared room is open, from the server: `shared-room.ts`. Retained. */
  shared: `class/${all}/shared`,
} as const;

/** `class/<of>/<what>`, and behind a starter the exercise; null for any other topic. */
export function readClassTopic(
  topic: string,
): { of: string; what: string; exercise?: string } | null {
  const [, of, what, exercise] =
    /^class\/([\w-]{1,64})\/([a-z]{1,20})(?:\/([a-z0-9-]+\/[a-z0-9-]+))?$/.exec(topic) ?? [];
  if (of === undefined || what === undefined) return null;
  if ((exercise !== undefined) !== (what === 'starter')) return null;
  return { of, what, ...(exercise !== undefined && { exercise }) };
}

/** Bytes of a message; a member's own ones. */
export const mostPresenceBytes = 16;
export const mostScreenBytes = 49_152;

/** Seconds that a note stays for those who come later, and a call to an exercise. */
export const noteSeconds = 3_600;
export const bringSeconds = 600;
/** The longest time that programs are frozen; it ends by itself. */
export const mostFreezeSeconds = 900;

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

const note = v.object({ id, text: v.pipe(v.string(), v.maxLength(500)) });
export type Note = v.InferOutput<typeof note>;
const bring = v.object({ id, exercise: exerciseId });
export type Bring = v.InferOutput<typeof bring>;
/** `seconds` from when it was sent; the message's own expiry says how many are left. */
const freeze = v.object({
  id,
  seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostFreezeSeconds)),
});
export type Freeze = v.InferOutput<typeof freeze>;

/** What the teacher asks the server to say. `to`: a member's id; without one to all. */
const sayRequest = v.variant('type', [
  v.object({ type: v.literal('note'), text: note.entries.text, to: v.optional(id) }),
  v.object({ type: v.literal('bring'), exercise: exerciseId }),
  /** 0 seconds: programs go on. */
  v.object({ type: v.literal('freeze'), seconds: freeze.entries.seconds }),
  /** Null takes it back. */
  v.object({
    type: v.literal('starter'),
    exercise: exerciseId,
    given: v.nullable(given),
    to: v.optional(id),
  }),
]);
export type SayRequest = v.InferOutput<typeof sayRequest>;
export const readSayRequest = (json: string): SayRequest | undefined => parseJson(sayRequest, json);

type Payload = Uint8Array | string;
const textOf = (payload: Payload): string =>
  typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
const readerOf =
  <const Schema extends v.GenericSchema>(schema: Schema) =>
  (payload: Payload): v.InferOutput<Schema> | undefined =>
    parseJson(schema, textOf(payload));

export const readNote = readerOf(note);
export const readBring = readerOf(bring);
export const readFreeze = readerOf(freeze);
export const readPresence = (payload: Payload): boolean => textOf(payload) === 'here';
export const readState: (payload: Payload) => Work | undefined = readerOf(work);

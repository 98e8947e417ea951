/**
 * “Show my wire”: the teacher's own run on the screens of a class. `class/all/show` says that there is one. What is shown
 * comes over a WebSocket of its own: the room's watch stream (`api.ts`), pushed to all, and the messages below.
 */
import * as v from 'valibot';
import { exerciseId } from './assignment.ts';
import { screen } from './class-screen.ts';
import { parseJson } from './parse-json.ts';

/** It is announced this often, and a page that has not heard so for so long knows that it is over. Seconds. */
export const showAgainSeconds = 10;
export const showSeconds = 30;
/** The teacher's page may be away for so long: a reload, a network that fails. Seconds. */
export const showAwaySeconds = 60;

/** Also from a page that was told it before. */
export const showId = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/));
/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const shown = v.object({ id: showId, exercise: exerciseId, since: time });
/** On `class/all/show`; an empty message ends it. */
export type Shown = v.InferOutput<typeof shown>;
export const readShown = (payload: Uint8Array): Shown | undefined =>
  parseJson(shown, new TextDecoder().decode(payload));

/** To those who watch, beside the room's own messages. */
const showMessage = v.variant('type', [
  v.object({
    type: v.literal('show'),
    ...shown.entries,
    isPaused: v.boolean(),
    /** The teacher's page is not connected at the moment. */
    isAway: v.boolean(),
  }),
  v.object({ type: v.literal('screen'), screen }),
  /** The last message. */
  v.object({ type: v.literal('over') }),
]);
export type ShowMessage = v.InferOutput<typeof showMessage>;
export const parseShowMessage = (text: string): ShowMessage | undefined =>
  parseJson(showMessage, text);

/** From the teacher's page. */
const showRequest = v.variant('type', [
  v.object({ type: v.literal('screen'), screen }),
  v.object({ type: v.literal('pause'), isPaused: v.boolean() }),
  v.object({ type: v.literal('end') }),
]);
export type ShowRequest = v.InferOutput<typeof showRequest>;
export const parseShowRequest = (text: string): ShowRequest | undefined =>
  parseJson(showRequest, text);

/** To the teacher's page, whenever something of it is different. */
const showStatus = v.object({
  type: v.literal('status'),
  id: showId,
  /** Whoever has it may watch this show, and nothing else: for the projector's computer. */
  projector: v.string(),
  isPaused: v.boolean(),
  viewers: count,
});
export type ShowStatus = v.InferOutput<typeof showStatus>;
export const parseShowStatus = (text: string): ShowStatus | undefined =>
  parseJson(showStatus, text);

/** Messages from a room to a page over the watch stream. */
import * as v from 'valibot';
import { checkResult, fileProblem } from './exercise.ts';
import { mosquittoVersion } from './mosquitto.ts';
import { parseJson } from './parse-json.ts';
import { brokerStateJson } from './state.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Counts resets. */
const run = count;
/** That of the request. */
const id = count;

/** Which Mosquitto the room is in this run. */
const mosquitto = mosquittoVersion;

const watchMessage = v.variant('type', [
  /** The first message of every connection. `missing` is how many entries are gone for good. */
  v.object({ type: v.literal('welcome'), run, missing: count, mosquitto }),
  v.object({ type: v.literal('reset'), run, mosquitto }),
  /** Entries `from` … `from + count - 1` were overwritten before this viewer could be sent them. */
  v.object({ type: v.literal('missing'), run, from: count, count }),
  /** After a reset with broker files: whether the broker started with them, and its problems. */
  v.object({ type: v.literal('files'), run, started: v.boolean(), problems: v.array(fileProblem) }),
  /** `last` is the number of the newest entry that the results were computed from; 0 before the first. */
  v.object({ type: v.literal('checks'), run, last: count, results: v.array(checkResult) }),
  v.object({ type: v.literal('state'), id, state: brokerStateJson }),
  v.object({ type: v.literal('done'), id, run }),
  /** `error` is a key of the language files. */
  v.object({ type: v.literal('failed'), id, error: v.string(), message: v.string() }),
  /** The room ends now; `reason` is a key of the language files (`room.<reason>`). */
  v.object({
    type: v.literal('closing'),
    reason: v.picklist(['expired', 'stopping', 'replaced']),
    /** When to come back; milliseconds. */
    afterMs: v.optional(v.pipe(count, v.maxValue(60_000))),
  }),
]);
/**
 * Sandbox → page, one JSON text frame each. Trace entries come as binary frames
 * (`sandbox/protocol/trace-batch.ts`).
 */
export type WatchMessage = v.InferOutput<typeof watchMessage>;

/** Undefined if it is no message that this page knows. */
export const parseWatchMessage = (text: string): WatchMessage | undefined =>
  parseJson(watchMessage, text);

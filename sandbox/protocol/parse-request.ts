/** Requests from a page over the watch stream: hostile until they are parsed here. */
import * as v from 'valibot';
import { brokerFiles } from './exercise.ts';
import { clientName, faultRule, linkConditions } from './faults.ts';
import { parseJson } from './parse-json.ts';
import { brokerDeeds } from './process.ts';
import { deviceStates, mostError, mostTyped } from './trace.ts';

const maxRules = 100;

/** Comes back in the response. */
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** As long as MQTT allows. */
const mqttString = v.pipe(v.string(), v.maxLength(65_535));
const rules = v.pipe(v.array(v.unknown()), v.maxLength(maxRules), v.array(faultRule));

const typed = v.object({
  line: v.pipe(v.string(), v.maxLength(mostTyped.line)),
  words: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(mostTyped.word))),
    v.maxLength(mostTyped.words),
  ),
});

/** Which broker; absent: the usual one. */
const on = v.optional(v.literal('cloud'));

const watchRequest = v.variant('type', [
  v.object({ type: v.literal('reset'), id, files: v.optional(brokerFiles) }),
  v.object({
    type: v.literal('device'),
    device: clientName,
    state: v.picklist(deviceStates),
    typed: v.optional(typed),
    error: v.optional(v.pipe(v.string(), v.maxLength(mostError))),
  }),
  /** `replace`: instead of the rules that pages armed before; the scene's rules stay. */
  v.object({ type: v.literal('arm'), id, rules, replace: v.optional(v.boolean()) }),
  v.object({ type: v.literal('set-conditions'), id, conditions: linkConditions }),
  v.object({ type: v.literal('cut'), id, client: clientName }),
  /** The broker closes the client's connection; a 5.0 client receives the reason. */
  v.object({ type: v.literal('disconnect'), id, clientId: mqttString, on }),
  v.object({ type: v.literal('clear-retained'), id, topic: mqttString, on }),
  /** What is done to the broker's process. `files`: those on its disk now; it reads them at a start. */
  v.object({
    type: v.literal('broker'),
    id,
    deed: v.picklist(brokerDeeds),
    on,
    files: v.optional(brokerFiles),
  }),
  v.object({ type: v.literal('state'), id }),
]);
/** Page → sandbox, one JSON text frame each. */
export type WatchRequest = v.InferOutput<typeof watchRequest>;

/** The request with only the fields that its schema names; null if it is invalid. */
export const parseWatchRequest = (text: string): WatchRequest | null =>
  parseJson(watchRequest, text) ?? null;

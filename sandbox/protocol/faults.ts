/**
 * Faults and link conditions that a page can request: schemas, and the types inferred from them.
 */
import * as v from 'valibot';
import { packetKinds } from './mqtt.ts';

const maxDelayMs = 60_000;
const atMost = (most: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(most));
const count = v.pipe(atMost(1_000_000), v.integer());
/** A device's or an actor's name, or a client identifier. */
export const clientName = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

const faultAction = v.variant('do', [
  v.object({ do: v.literal('drop') }),
  /** Drop the packet, then cut the line: MQTT redelivers only on reconnect ([MQTT-4.4.0-1]). */
  v.object({ do: v.literal('drop-and-cut') }),
  v.object({ do: v.literal('delay'), ms: atMost(maxDelayMs) }),
  v.object({ do: v.literal('duplicate') }),
  v.object({ do: v.literal('cut') }),
  /** From this packet on nothing passes in either direction; the socket stays open. */
  v.object({ do: v.literal('freeze') }),
]);
export type FaultAction = v.InferOutput<typeof faultAction>;

export const faultRule = v.object({
  /** Which client: device or actor name, or client id. Absent: any. */
  client: v.optional(clientName),
  direction: v.picklist(['to-broker', 'to-client']),
  /** Absent: any packet. */
  kind: v.optional(v.picklist(packetKinds)),
  /** Let this many matching packets pass first. Default 0. */
  after: v.optional(count),
  /** How many packets it is applied to; default 1. */
  times: v.optional(count),
  action: faultAction,
});
export type FaultRule = v.InferOutput<typeof faultRule>;

/** The lasting conditions of a client's line; a rule applies once. */
export const linkConditions = v.object({
  client: clientName,
  /** Latency of each packet in each direction, in milliseconds. */
  latencyMs: v.optional(atMost(maxDelayMs)),
  /** Up to so much more, at random for each packet; packets stay in order. */
  jitterMs: v.optional(atMost(maxDelayMs)),
  /** Share of packets lost, 0 … 1. */
  loss: v.optional(atMost(1)),
  frozen: v.optional(v.boolean()),
});
export type LinkConditions = v.InferOutput<typeof linkConditions>;

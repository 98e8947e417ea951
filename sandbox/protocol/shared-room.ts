/**
 * The shared room of a class: its host name and topics, and what the pages are told of it. Who may write which topic is
 * decided by `sandbox/classroom/shared/access.ts`.
 */
import * as v from 'valibot';
import { parseJson, read } from './parse-json.ts';

/** The host name in a program's URL, and in the page's terminal: `mqtt://class`. */
export const sharedHost = 'class';

/** A level that stands for everybody, where a member's name would stand. */
const all = 'all';

export const sharedTopics = {
  /** A member writes below this; everybody reads. */
  own: (handle: string): string => `class/${handle}/`,
  /** Every member writes below this. */
  common: `class/${all}/`,
} as const;

/** Names in topics that are no member's. */
export const reservedHandles: readonly string[] = [all, 'class', 'server', 'teacher'];

/** `class/<of>/…` with something behind it; null for any other topic. */
export function readSharedTopic(topic: string): { of: string; rest: string } | null {
  const [, of, rest] = /^class\/([^/]+)\/(.+)$/s.exec(topic) ?? [];
  return of === undefined || rest === undefined ? null : { of, rest };
}

/** Bytes of one message. */
export const mostSharedBytes = 4_096;

/** What one member has. */
export const sharedLimits = {
  /** Connections: programs in the page, terminals and devices. */
  lines: 8,
  /** Messages a second, over all connections together. */
  rate: 20,
  retained: 40,
} as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const port = v.nullable(count);

/** What everybody in a class may know of its shared room. */
export const sharedState = v.object({ isOpen: v.boolean(), isPaused: v.boolean() });
export type SharedState = v.InferOutput<typeof sharedState>;
export const noSharedRoom: SharedState = { isOpen: false, isPaused: false };
export const readSharedState = (payload: Uint8Array): SharedState | undefined =>
  parseJson(sharedState, new TextDecoder().decode(payload));

/** For the member's own page. */
const sharedAccess = v.object({
  ...sharedState.entries,
  /** The member's name in topics; null while there is no shared room. */
  handle: v.nullable(v.string()),
  /** The user name of the member's own programs; nobody else's. */
  address: v.nullable(v.string()),
  tcpPort: port,
  tlsPort: port,
});
export type SharedAccess = v.InferOutput<typeof sharedAccess>;
export const readSharedAccess = (value: unknown): SharedAccess | undefined =>
  read(sharedAccess, value);

/** Milliseconds ago; null: never. */
const ago = v.nullable(count);
const text = v.pipe(v.string(), v.maxLength(1_000));

/** The whole class as it publishes: server → the teacher's page, one JSON text frame each. */
const sharedPicture = v.object({
  ...sharedState.entries,
  /** Another one with every change. */
  version: count,
  /** Those who have a name in the room. */
  members: v.array(v.object({ handle: text, name: text, lines: count, messages: count, ago })),
  /** Of the class. */
  learners: count,
  messages: count,
  /** Messages of the last five seconds, a second. */
  perSecond: v.number(),
  retained: count,
  /** Messages that the rules have refused. */
  refused: count,
  /** Groups of topics, the latest first: `class/+/temperature` is one. */
  topics: v.array(
    v.object({
      topic: text,
      messages: count,
      members: count,
      ago,
      last: v.object({ from: text, text }),
      /** The latest number of each member, if all are numbers. */
      numbers: v.nullable(v.array(v.number())),
    }),
  ),
  /** Topics that are in no group, because there are too many. */
  otherTopics: count,
  /** The last few, the latest first. */
  latest: v.array(v.object({ from: text, topic: text, text, retain: v.boolean() })),
});
export type SharedPicture = v.InferOutput<typeof sharedPicture>;
export const readSharedPicture = (json: string): SharedPicture | undefined =>
  parseJson(sharedPicture, json);

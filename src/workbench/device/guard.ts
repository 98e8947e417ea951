/**
 * Validates the messages of a device's worker. The page trusts none of them: the program may have
 * taken the control port. Texts and numbers are bounded.
 */
import * as v from 'valibot';
import { clientHello, type ClientHello } from '../../../sandbox/protocol/tls.ts';
import { face, faceValue, textUpTo } from './guard-faces.ts';

const MAX_TEXT = 8192;
const MAX_URL = 200;
const MAX_LINES_OPEN = 50;

/** A line carries this many bytes in a second: far above what the room lets through. */
export const MAX_BYTES_PER_SECOND = 8 * 1024 * 1024;

/** A well-behaved runtime stays far below: 1,000 console lines a second and a few more. */
export const MAX_MESSAGES_PER_SECOND = 3000;

const USUAL = { port: 1883, protocol: 'mqtt' } as const;
const named = v.pipe(v.string(), v.regex(/^(?:::1|[a-z\d][a-z\d.-]{0,62})$/));
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
/**
 * The endpoint in a program's URL: `mqtt://localhost:1884`, `ws://localhost:9001`. Every line leads
 * to the room; the room decides which of its listeners it reaches.
 */
const lineTarget = v.fallback(
  v.object({
    port: v.fallback(port, USUAL.port),
    protocol: v.fallback(v.picklist(['mqtt', 'websockets']), USUAL.protocol),
    /** If the program named anything but `localhost`. */
    host: v.optional(v.fallback(v.optional(named), undefined)),
  }),
  USUAL,
);
export type LineTarget = v.InferOutput<typeof lineTarget> & { tls?: ClientHello };

const position = v.fallback(
  v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1e7 - 1))),
  undefined,
);

type Failed = { type: 'failed'; message: string; line?: number; column?: number };

const fromDevice = v.variant('type', [
  /** `at` is Date.now() in the worker. `text` is formatted as Node's console would. */
  v.object({
    type: v.literal('console'),
    level: v.picklist(['debug', 'log', 'info', 'warn', 'error']),
    text: textUpTo(MAX_TEXT),
    at: v.fallback(v.pipe(v.number(), v.finite()), () => Date.now()),
  }),
  /** The program called mqtt.connect() (or reconnects): a MessagePort for the line is transferred. */
  v.object({
    type: v.literal('open-line'),
    id: v.pipe(v.number(), v.safeInteger()),
    target: lineTarget,
    tls: v.optional(v.fallback(v.optional(clientHello), undefined)),
  }),
  /** `mqtt://localhost` means the room: reported once for each URL. */
  v.object({ type: v.literal('mapped'), url: textUpTo(MAX_URL) }),
  face,
  faceValue,
  /** An uncaught exception; the position is in the compiled program (1-based), if known. */
  v.pipe(
    v.object({
      type: v.literal('failed'),
      message: textUpTo(MAX_TEXT),
      line: position,
      column: position,
    }),
    v.transform(({ type, message, line, column }): Failed =>
      line === undefined || column === undefined
        ? { type, message }
        : { type, message, line, column },
    ),
  ),
  /** Evaluated to the end, with no open client and no timer left: where Node would exit. */
  v.object({ type: v.literal('ended') }),
  /** A heartbeat every 500 ms: a loop that never yields sends none. */
  v.object({ type: v.literal('alive') }),
]);
/** Worker → page, over the control port. */
export type FromDevice = v.InferOutput<typeof fromDevice>;

export const targetOf = ({
  target,
  tls,
}: Extract<FromDevice, { type: 'open-line' }>): LineTarget => (tls ? { ...target, tls } : target);

/** Null for anything that is no message of the contract. */
export function readFromDevice(value: unknown): FromDevice | null {
  const result = v.safeParse(fromDevice, value, { abortEarly: true });
  return result.success ? result.output : null;
}

/** Counts the messages and bytes of a device; true if there are too many to continue. */
export function makeMeter(now: () => number = () => performance.now()) {
  let second = 0;
  let messages = 0;
  let lines = 0;
  let bytes = 0;
  return {
    /** For each message over the control port, and each chunk over a line's, with its length. */
    tooMany(message: FromDevice | null, length = 0): boolean {
      const current = Math.floor(now() / 1000);
      if (current !== second) {
        second = current;
        messages = 0;
        lines = 0;
        bytes = 0;
      }
      bytes += length;
      if (message?.type === 'open-line') lines++;
      return (
        ++messages > MAX_MESSAGES_PER_SECOND ||
        lines > MAX_LINES_OPEN ||
        bytes > MAX_BYTES_PER_SECOND
      );
    },
  };
}

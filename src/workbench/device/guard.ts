import { readFace, readFaceValue } from './guard-faces.ts';
import type { FromDevice, LineTarget } from './messages.ts';

const LEVELS = new Set(['debug', 'log', 'info', 'warn', 'error']);
const MAX_TEXT = 8192;
const MAX_URL = 200;
const MAX_LINES_OPEN = 50;

/** A line carries this many bytes in a second: far above what the room lets through. */
export const MAX_BYTES_PER_SECOND = 8 * 1024 * 1024;

/** A well-behaved runtime stays far below: 1,000 console lines a second and a few more. */
export const MAX_MESSAGES_PER_SECOND = 3000;

/**
 * Nothing that comes out of a worker is believed: the program may have taken the control port.
 * Anything that isn't a message of the contract becomes null; texts and numbers are bounded.
 */
export function readFromDevice(value: unknown): FromDevice | null {
  if (typeof value !== 'object' || value === null) return null;
  const message = value as Record<string, unknown>;
  switch (message['type']) {
    case 'console': {
      const { level, text, at } = message;
      if (!LEVELS.has(level as string) || typeof text !== 'string') return null;
      const time = typeof at === 'number' && Number.isFinite(at) ? at : Date.now();
      return { type: 'console', level: level as 'log', text: text.slice(0, MAX_TEXT), at: time };
    }
    case 'open-line':
      return Number.isSafeInteger(message['id'])
        ? { type: 'open-line', id: message['id'] as number, target: targetOf(message['target']) }
        : null;
    case 'face':
      return readFace(message);
    case 'face-value':
      return readFaceValue(message);
    case 'mapped':
      return typeof message['url'] === 'string'
        ? { type: 'mapped', url: message['url'].slice(0, MAX_URL) }
        : null;
    case 'failed': {
      if (typeof message['message'] !== 'string') return null;
      const place = { line: position(message['line']), column: position(message['column']) };
      const text = message['message'].slice(0, MAX_TEXT);
      if (place.line === undefined || place.column === undefined)
        return { type: 'failed', message: text };
      return { type: 'failed', message: text, line: place.line, column: place.column };
    }
    case 'ended':
      return { type: 'ended' };
    case 'alive':
      return { type: 'alive' };
    default:
      return null;
  }
}

/** Whatever is asked for, the line leads to the room; which of its doors is the room's to judge. */
function targetOf(value: unknown): LineTarget {
  const { port, protocol } = (value ?? {}) as Record<string, unknown>;
  const known = Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536;
  return {
    port: known ? Number(port) : 1883,
    protocol: protocol === 'websockets' ? 'websockets' : 'mqtt',
  };
}

function position(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) < 1e7
    ? (value as number)
    : undefined;
}

/** Counts what a device sends; says when it is too much to go on. */
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

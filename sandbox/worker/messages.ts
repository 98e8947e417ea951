/** Messages between a page and the Web Worker that holds its room. Each line has a port of its own. */
import type { LineInfo } from '../line/line-info.ts';

/** Page → worker. */
export type ToRoomWorker =
  /** First and once. `watch`: a port that carries the frames of a watch stream, text and bytes. */
  | { type: 'open'; exercise: string; watch: MessagePort }
  /** Instead of `open`: loads all that a room of the exercise needs, then says that it is alive. */
  | { type: 'load'; exercise: string }
  /** A device opens a line. */
  | { type: 'line'; device: string; target?: LineInfo['target']; port: MessagePort }
  /** Whether the worker is alive. */
  | { type: 'ask' };

/** Worker → page: there is no such exercise, or the room can't be made. */
export interface RoomWorkerFailed {
  type: 'failed';
  /** A key of `errors` in `shared/errors.ts`. */
  error: string;
  message: string;
}

/** Worker → page: the exercise's own script can't be loaded. */
export interface RoomWorkerGone {
  type: 'gone';
}

/** Worker → page: it is alive. */
export interface RoomWorkerHere {
  type: 'here';
}
export type FromRoomWorker = RoomWorkerFailed | RoomWorkerGone | RoomWorkerHere;

/**
 * On a line's port, both ways: bytes; the number of bytes that the receiver has passed on; null for
 * the end. To the page, before the end: why a TLS handshake failed (a `TlsRefusal`).
 */
export type LinePortMessage = Uint8Array | number | string | null;

/** Bytes that may be on their way without having been passed on; the sender waits above it. */
export const lineWindow = 256 * 1024;
/** Bytes that were passed on are reported at once from so many on: a message for each chunk is one too many. */
export const lineReport = lineWindow / 4;

/**
 * Messages between page and sandbox: the HTTP API, and by name those of the watch stream
 * (WebSocket `/watch/<address>?key=<watch key>&from=<n>&run=<run>`). The receiver validates each one.
 */
import * as v from 'valibot';
import { parseJson, read } from './parse-json.ts';

export type { WatchMessage } from './parse-message.ts';
export type { WatchRequest } from './parse-request.ts';

const roomRequest = v.object({
  /** `<lesson>/<exercise>`; the sandbox knows the exercise by it. */
  exercise: v.string(),
});
export type RoomRequest = v.InferOutput<typeof roomRequest>;
export const readRoomRequest = (text: string): RoomRequest | undefined =>
  parseJson(roomRequest, text);

const port = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)));
const roomResponse = v.object({
  /** Code and key, `brave-otter-x7k2m9q4wd`. */
  address: v.string(),
  /** With the address, what a page needs to watch the room; MQTT clients need it not. */
  watchKey: v.string(),
  code: v.string(),
  /** Host and open ports at which MQTT clients reach the room. */
  tcpPort: port,
  tlsPort: port,
});
export type RoomResponse = v.InferOutput<typeof roomResponse>;
export const readRoomResponse = (value: unknown): RoomResponse | undefined =>
  read(roomResponse, value);

/** Every refusal of the HTTP API. */
const errorResponse = v.object({
  /** A key of the language files (`error.<error>`). */
  error: v.string(),
  /** In plain English, for people with a shell. */
  message: v.string(),
});
export type ErrorResponse = v.InferOutput<typeof errorResponse>;
export const readErrorResponse = (value: unknown): ErrorResponse | undefined =>
  read(errorResponse, value);

/** Messages between the page and the sandboxed frame. Imports types only. */
import type { StartDevice } from './messages.ts';

/** Page → frame. Only the window that holds the frame is listened to. */
export type ToFrame =
  /** Once, first: the text of `runtime.js`. The frame can load nothing by itself. */
  | { type: 'boot'; runtime: string }
  /** With the device's control port transferred. */
  | { type: 'start'; id: number; device: StartDevice }
  /** Whether the frame still answers: its process can die with a program. */
  | { type: 'ask'; id: number }
  /** Ends the worker at once, whatever it is doing. */
  | { type: 'stop'; id: number };

/** Frame → page. */
export type FromFrame =
  | { type: 'started'; id: number }
  | { type: 'here'; id: number }
  /** The worker itself broke; programs' exceptions come over the control port instead. */
  | { type: 'broken'; id: number; message: string };

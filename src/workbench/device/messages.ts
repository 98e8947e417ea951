/**
 * Everything that a device's worker and the page say to each other. Imports nothing.
 * The page trusts none of it: whoever receives `FromDevice` validates and bounds it.
 */

/** Page → frame → worker, once, with the control port transferred. */
export interface StartDevice {
  type: 'start';
  /** File name without `.ts`. */
  device: string;
  /** The compiled program: one ES module whose imports are already mapped. */
  program: string;
  language: 'en' | 'zh-tw';
  /**
   * The room's broker has listeners of its own, so any port may be one. Where it is absent the broker
   * stands at its usual ports, and another one is a mistake that can be told at once.
   */
  anyPort?: boolean;
}

/** Page → worker, over the control port. */
export type ToDevice =
  /** Somebody touched a face. */
  | { type: 'input'; face: number; value: number }
  /** Its clients say DISCONNECT, and that is its end, whatever it still waits for. */
  | { type: 'end' };

/** Worker → page, over the control port. */
export type FromDevice =
  /** `at` is Date.now() in the worker. `text` is formatted as Node's console would. */
  | {
      type: 'console';
      level: 'debug' | 'log' | 'info' | 'warn' | 'error';
      text: string;
      at: number;
    }
  /** The program called mqtt.connect() (or reconnects): a MessagePort for the line is transferred. */
  | { type: 'open-line'; id: number; target: LineTarget }
  /** `mqtt://localhost` means the room: said once for each URL. */
  | { type: 'mapped'; url: string }
  /** A face that the program has now; `id` counts from 1. */
  | { type: 'face'; id: number; kind: FaceKind; name: string; options: FaceOptions }
  /** Its newest value; a chart's are all since the last message. At most 30 times a second. */
  | { type: 'face-value'; id: number; value: FaceValue }
  /** An exception nobody caught; the position is in the compiled program (1-based), if known. */
  | { type: 'failed'; message: string; line?: number; column?: number }
  /** Evaluated to the end, with no open client and no timer left: where Node would exit. */
  | { type: 'ended' }
  /** Every 500 ms: a loop that never yields misses it. */
  | { type: 'alive' };

/** Things that a program can have on the page (`import … from 'device'`). */
export type FaceKind = 'lamp' | 'button' | 'gauge' | 'chart' | 'display' | 'thermometer';
export interface FaceOptions {
  min?: number;
  max?: number;
  unit?: string;
}
/** lamp: brightness 0 … 1; gauge, thermometer: number; display: text; chart: its new points. */
export type FaceValue = number | string | number[];

/** Where the URL of a program leads: `mqtt://localhost:1884`, `ws://localhost:9001`. */
export interface LineTarget {
  port: number;
  protocol: 'mqtt' | 'websockets';
}

/** On a line's port, both ways: MQTT bytes as they are, or null for the end of the line. */
export type LineChunk = Uint8Array | null;

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
}

/** Page → worker, over the control port. */
export type ToDevice = { type: 'input'; face: string; value: string | number | boolean };

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
  | { type: 'open-line'; id: number }
  /** `mqtt://localhost` means the room: said once for each URL. */
  | { type: 'mapped'; url: string }
  /** An exception nobody caught; the position is in the compiled program (1-based), if known. */
  | { type: 'failed'; message: string; line?: number; column?: number }
  /** Evaluated to the end, with no open client and no timer left: where Node would exit. */
  | { type: 'ended' }
  /** Every 500 ms: a loop that never yields misses it. */
  | { type: 'alive' };

/** On a line's port, both ways: MQTT bytes as they are, or null for the end of the line. */
export type LineChunk = Uint8Array | null;

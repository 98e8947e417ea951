/**
 * Messages between a device's worker and the page. Imports types only. The page trusts none of
 * them: `FromDevice` is what its schema accepts.
 */
export type { FaceKind, FaceOptions, FaceValue } from './guard-faces.ts';
export type { FromDevice, LineTarget } from './guard.ts';

/** Page → frame → worker, once, with the control port transferred. */
export interface StartDevice {
  type: 'start';
  /** File name without `.ts`. */
  device: string;
  /** The compiled program: one ES module whose imports are already mapped. */
  program: string;
  language: 'en' | 'zh-tw';
  /**
   * The room's broker has listeners of its own, so any port may be one. If absent, the broker has
   * its usual ports, and any other port is reported as a mistake at once.
   */
  anyPort?: boolean;
  /** The host names that lead to a broker of the room, beside `localhost` (`sandbox/protocol/hosts.ts`). */
  hosts?: readonly string[];
  /** The files beside the program, by name; with some it may speak TLS (`GivenFiles.programs`). */
  files?: Readonly<Record<string, string>>;
}

/** Page → worker, over the control port. */
export type ToDevice =
  /** The learner used a face. */
  | { type: 'input'; face: number; value: number }
  /** Its clients say DISCONNECT, and that is its end, whatever it still waits for. */
  | { type: 'end' };

/**
 * On a line's port, both ways: MQTT bytes as they are, or null for the end of the line. To the device, before
 * the end: why its TLS handshake failed (a `TlsRefusal`).
 */
export type LineChunk = Uint8Array | string | null;

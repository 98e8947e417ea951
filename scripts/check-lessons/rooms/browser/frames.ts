/**
 * Workers of a browser's page, used from here: each message of a worker or of one of its ports is a
 * frame of one WebSocket. Bytes are a binary frame: the port's number, 4 bytes, and what it carries.
 */
export type Frame =
  /** To and from a worker; the first one begins it. `port`: sent with it, under this name. */
  | { to: 'worker'; worker: number; data: unknown; port?: { number: number; name: string } }
  /** To and from a port: all but bytes. */
  | { to: 'port'; port: number; data: unknown }
  /** To a worker: it ends. From one: it has failed. */
  | { to: 'end'; worker: number; error?: string };

export const WORD = 4;

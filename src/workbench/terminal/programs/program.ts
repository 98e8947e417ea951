/**
 * The only interface of a terminal program to its environment: the same program runs in the page,
 * where a connection is a WebSocket into the room, and in Node, where it is a TCP socket.
 */
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';

export interface Output {
  /** Strings go out as UTF-8. */
  write(chunk: string | Uint8Array): void;
}
export interface Input {
  /** The next bytes, or null at the end. Never rejects: an interrupted program's input ends. */
  read(): Promise<Uint8Array | null>;
}

/** What stat(2) says of a file or a directory. */
export interface FileStatus {
  isDirectory: boolean;
  owner: string;
  group: string;
  /** The mode without the type: the lower twelve bits. */
  bits: number;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
}

/**
 * The files that the terminal knows, by absolute path, with the rights of a user. Undefined is success where
 * something is done; otherwise it is the message of strerror(3).
 */
export interface FileSystem {
  readonly user: string;
  /** The same files, as another user sees them. */
  as(user: string): FileSystem;
  /** Undefined if there is no such file, or the user may not read it. */
  read(path: string): string | undefined;
  /** @param bits the mode of a file that this makes; default 644 */
  write(path: string, text: string, bits?: number): string | undefined;
  /** Names in a directory, sorted; undefined if there is no such directory, or the user may not read it. */
  list(path: string): string[] | undefined;
  status(path: string): FileStatus | undefined;
  /** Of a file or a directory that there is. */
  change(
    path: string,
    to: Partial<Pick<FileStatus, 'owner' | 'group' | 'bits' | 'modified'>>,
  ): string | undefined;
  /** Of a file that there is. */
  remove(path: string): string | undefined;
}

export interface BrokerEndpoint {
  host: string;
  port: number;
  tls: boolean;
  /** MQTT over WebSocket. */
  webSocket?: boolean;
  /** The program runs in the broker's container: its localhost is that. */
  isInContainer?: boolean;
}
/** One connection to a broker, open in both directions until one side closes it. */
export interface BrokerConnection {
  send(bytes: Uint8Array): void;
  /** Closes after the bytes that were sent. */
  close(): void;
}
export interface BrokerConnectionEvents {
  data(bytes: Uint8Array): void;
  /** The other side closed it. `refused`: it never sent a byte, like a port without a listener. */
  closed(how: 'refused' | 'lost'): void;
}
export type ConnectionFailure = 'refused' | 'unknown-host' | 'tls';
export class ConnectionError extends Error {
  readonly refusal: ConnectionFailure;
  constructor(refusal: ConnectionFailure) {
    super(refusal);
    this.refusal = refusal;
  }
}

export interface ProgramIo {
  stdin: Input;
  stdout: Output;
  stderr: Output;
  files: FileSystem;
  /** The Mosquitto that is installed. */
  mosquitto: MosquittoVersion;
  /** The working directory, absolute, without a slash at its end. */
  cwd: string;
  pid: number;
  /** The line that was typed, whole; absent if nobody typed it. */
  line?: string;
  /** Ctrl-C. */
  signal: AbortSignal;
  /** Asks for a line of text that isn't shown; null if it was interrupted. */
  askSecret(prompt: string): Promise<string | null>;
  /** Rejects with ConnectionError. */
  connect(target: BrokerEndpoint, events: BrokerConnectionEvents): Promise<BrokerConnection>;
}

/** Resolves with the exit status, 0 … 255. */
export type Program = (args: readonly string[], io: ProgramIo) => Promise<number>;

/** Of a program that a signal ended, as a shell shows it: 128 and the signal's number (SIGINT: 2). */
export const interrupted = 130;

/** The absolute path that a path means in a directory. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

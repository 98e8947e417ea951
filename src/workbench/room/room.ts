/**
 * The interface to a room: the page's requests to its room, and the events that the room emits.
 * `server-room.ts` and `worker-room.ts` implement it. Outside this folder nothing in `src/workbench/`
 * knows where a room is.
 */
import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { BrokerFiles, CheckResult, FileProblem } from '../../../sandbox/protocol/exercise.ts';
import type { FaultRule, LinkConditions } from '../../../sandbox/protocol/faults.ts';
import type { BrokerDeed } from '../../../sandbox/protocol/process.ts';
import type { MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import type {
  DeviceDetails,
  DeviceState,
  OnCloud,
  TraceEntry,
} from '../../../sandbox/protocol/trace.ts';
import type { LineTarget } from '../device/messages.ts';
import type { SharedRefusal } from './shared-line.ts';

/** Address and ports of a room. */
export type RoomInfo = RoomResponse;

/** On the course's server, or in a Web Worker of this page. */
export type RoomPlace = 'server' | 'browser';

/** `off` until the room is first needed; `lost` when it is no longer tried (`retry()` tries again). */
export type ConnectionStatus = 'off' | 'connecting' | 'live' | 'reconnecting' | 'lost';

/** The broker's verdict on the files that it was given. */
export interface FilesStatus {
  started: boolean;
  problems: readonly FileProblem[];
}

export type RoomEvent =
  /** `error`: why it is lost; or why it has been tried in vain for some seconds, and still is. */
  | { type: 'connection'; status: ConnectionStatus; error?: RoomError }
  /** `replaced`: the room of before has expired, what it held is gone. */
  | { type: 'room'; info: RoomInfo; how: 'new' | 'kept' | 'replaced' }
  /** The room of before is left; the one in the other place is made when it is first needed. */
  | { type: 'moved'; place: RoomPlace }
  /** The trace starts again from its first entry. */
  | { type: 'reset'; run: number }
  | { type: 'entries'; entries: readonly TraceEntry[] }
  /** How many entries the room no longer had when this page came back. */
  | { type: 'missing'; count: number }
  /** A line of this page opens; `line` is the page's own number for it, not the trace's. */
  | { type: 'line-opened'; line: number; device: string }
  /** Bytes arrived on that line; emitted before the device has them. */
  | { type: 'line-data'; line: number; bytes: number }
  /** The class's shared room did not take a program's connection. */
  | { type: 'shared-refused'; device: string; why: SharedRefusal }
  /** `last`: number of the newest entry that they were computed from; its event may come later. */
  | { type: 'checks'; last: number; results: readonly CheckResult[] }
  | { type: 'files'; status: FilesStatus }
  /** Which Mosquitto the room is from now on. */
  | { type: 'mosquitto'; version: MosquittoVersion };

/**
 * A room with its broker. Every request makes the room if there is none yet, and rejects with a
 * RoomError: `timeout`, `unreachable`, or the room's own reason.
 */
export interface Room {
  readonly place: RoomPlace;
  readonly status: ConnectionStatus;
  /** Undefined until the room is made. */
  readonly info: RoomInfo | undefined;
  /** Whether a room of before a reload can be found again. */
  readonly isSaved: boolean;
  /** Returns how to unsubscribe. */
  subscribe(listener: (event: RoomEvent) => void): () => void;

  /** Resolves when the room's trace is being received. */
  connect(): Promise<RoomInfo>;
  /** Tries to connect at once: the learner asked, or the network is back. */
  retry(): void;
  /** Starts a fresh broker with the exercise's scene. Resolves with the run's number. */
  reset(files?: BrokerFiles): Promise<number>;
  /** Arms fault rules. `replace`: instead of those armed before; the scene's rules stay. */
  arm(rules: readonly FaultRule[], replace?: boolean): Promise<void>;
  /** Replaces all conditions of one client's line. */
  setConditions(conditions: LinkConditions): Promise<void>;
  /** Cuts a client's line without a DISCONNECT. */
  cut(client: string): Promise<void>;
  /** The broker disconnects this client ID; an MQTT 5.0 client receives a DISCONNECT. */
  disconnect(clientId: string, on?: OnCloud): Promise<void>;
  clearRetained(topic: string, on?: OnCloud): Promise<void>;
  /** Does something to the broker's process; the run goes on. `files`: those that a start reads. */
  operate(deed: BrokerDeed, files?: BrokerFiles, on?: OnCloud): Promise<void>;
  state(): Promise<BrokerState>;
  /**
   * Reports a program's state, for the checks, and what was typed to start it in a terminal or the error
   * that ended it. Not sent while the room is away.
   */
  reportDevice(device: string, state: DeviceState, details?: DeviceDetails): void;
  /**
   * Joins `port` to the broker as one line: `Uint8Array` both ways, null for its end. `device` is its
   * name in the trace. Resolves when the line is closed and the room has received everything.
   */
  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void>;
  dispose(): void;
}

/** `key` is a key of the language files without its `error.`. */
export class RoomError extends Error {
  readonly key: string;
  constructor(key: string, message: string) {
    super(message);
    this.name = 'RoomError';
    this.key = key;
  }
}

/** What a room client tells of its room. */
import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { CheckResult, FileProblem } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { RoomError } from './api.ts';

/** `off` until somebody needs the room; `lost` when it is no longer tried (`retry()` tries again). */
export type Connection = 'off' | 'connecting' | 'live' | 'reconnecting' | 'lost';
export interface RoomEvents {
  /** `error`: why it is lost; or why it has been tried in vain for some seconds, and still is. */
  onConnection(connection: Connection, error?: RoomError): void;
  /** `replaced`: the room of before has expired, what it held is gone. */
  onRoom(room: RoomResponse, how: 'new' | 'kept' | 'replaced'): void;
  /** The trace starts again from its first entry. */
  onReset(run: number): void;
  onEntries(entries: readonly TraceEntry[]): void;
  /** How many entries the room no longer had when this page came back. */
  onMissing(count: number): void;
  /** A line of this page begins; what is answered hears how many bytes come to the device, as they do. */
  onLine?(device: string): (bytes: number) => void;
  onChecks(results: readonly CheckResult[]): void;
  /** What the broker says of the files that it was given. */
  onFiles?(answer: { started: boolean; problems: readonly FileProblem[] }): void;
}

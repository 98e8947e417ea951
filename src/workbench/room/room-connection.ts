/** What differs between the homes of a room: how it is reached. `connected-room.ts` does the rest. */
import type { WatchMessage, WatchRequest } from '../../../sandbox/protocol/api.ts';
import type { LineTarget } from '../device/messages.ts';
import type { PendingRequest } from './pending-requests.ts';
import type { ConnectionStatus, RoomInfo, RoomPlace } from './room.ts';

export interface RoomConnection {
  readonly place: RoomPlace;
  readonly status: ConnectionStatus;
  readonly info: RoomInfo | undefined;
  readonly isSaved: boolean;
  /** Of the newest run that the page knows; 0 before the first. */
  readonly run: number;
  /** Resolves when the room is watched. Rejects with RoomError after the last attempt. */
  connect(): Promise<void>;
  retry(): void;
  /** Sends a request that has no response. */
  send(request: WatchRequest): void;
  /** Sends a request and returns its response. */
  request(request: PendingRequest): Promise<WatchMessage>;
  /** As `Room.openLine`. `onData`: called with the number of bytes, before the device has them. */
  openLine(
    line: { device: string; port: MessagePort; target?: LineTarget | undefined },
    signal: AbortSignal,
    onData: (bytes: number) => void,
  ): Promise<void>;
  close(): void;
}

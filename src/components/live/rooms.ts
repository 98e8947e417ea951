/** Where the home page's messages go: to the course's server, or to a broker in the page. */
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { createRoom } from '../../workbench/create-room.ts';
import { isServerAway } from '../../workbench/notices/room-error.ts';
import type { RoomPlace } from '../../workbench/room/room.ts';
import { hasServer } from '../../workbench/room/room-place.ts';
import { memoryStore } from '../../workbench/store/drafts.ts';
import { exercise, send } from './send.ts';

/** The page's own room, for its next message too; what the reader does in the lesson is another one. */
const store = memoryStore();

/** Once the server was away or full, the page keeps to its own broker. */
let place: RoomPlace = hasServer ? 'server' : 'browser';
const open = () => createRoom(place, { exercise, store, retries: 1 });

/**
 * Sends `payload`; if the server is away or full, through a broker in the page.
 * @param onEntries the trace as it happens
 * @returns `moved`: there is a server, and it didn't take the message
 */
export async function sendAnywhere(
  payload: string,
  onEntries: (entries: readonly TraceEntry[]) => void,
): Promise<{ moved: boolean }> {
  let heard = false;
  const hear = (entries: readonly TraceEntry[]) => {
    heard = true;
    onEntries(entries);
  };
  try {
    await send(open(), payload, hear);
  } catch (error) {
    if (place === 'browser' || heard || !isServerAway(error)) throw error;
    place = 'browser';
    await send(open(), payload, hear);
  }
  return { moved: hasServer && place === 'browser' };
}

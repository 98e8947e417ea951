/** Makes the rooms of a page: on the course's server, or in a worker of the page. */
import { vendorUrls } from './editor/vendor.ts';
import type { Room, RoomPlace } from './room/room.ts';
import { ServerRoom } from './room/server-room.ts';
import { loadSpareRoom } from './room/spare-room.ts';
import { WorkerRoom } from './room/worker-room.ts';
import type { TextStore } from './store/drafts.ts';

export interface RoomOptions {
  /** `<lesson>/<exercise>`. */
  exercise: string;
  /** Keeps the address of a room on the server. */
  store: TextStore;
  /** How often a lost connection to the server is tried again; absent: for as long as it takes. */
  retries?: number;
}

export function createRoom(place: RoomPlace, { exercise, ...server }: RoomOptions): Room {
  return place === 'server'
    ? new ServerRoom({ exercise, origin: serverUrl(), onReader, ...server })
    : new WorkerRoom({ exercise, createWorker: startWorker });
}

/** A class was joined or left in another tab: the key is that of `src/classroom/membership.ts`. */
const onReader = (listener: () => void): void =>
  window.addEventListener('storage', ({ key }) => key === 'retained:member' && listener());

/** The server's URL, without a slash at its end: the site may be below a path of its host. */
const serverUrl = () => new URL(import.meta.env.BASE_URL, location.origin).href.slice(0, -1);

/** Loads what a room in the page would need; see `loadSpareRoom`. Behind everything else, and not if the reader saves data. */
export function prepareSpareRoom(exercise: string): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  const load = () => loadSpareRoom({ exercise, createWorker: startWorker });
  if ('requestIdleCallback' in globalThis) requestIdleCallback(load);
  else setTimeout(load);
}

const startWorker = () => new Worker(vendorUrls().roomWorker, { type: 'module' });

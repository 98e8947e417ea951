import type { TextStore } from '../store/drafts.ts';
import type { RoomPlace } from './room.ts';

/** False in a build for a host without the course's server (`astro.config.mjs`). */
declare const __SERVER__: boolean;
export const hasServer: boolean = typeof __SERVER__ === 'undefined' || __SERVER__;

const key = 'retained:room-place';

/** Where the rooms of this tab are: on the server, if there is one and the learner has not moved them. */
export const savedPlace = (store: TextStore): RoomPlace =>
  !hasServer || store.getItem(key) === 'browser' ? 'browser' : 'server';

export function savePlace(store: TextStore, place: RoomPlace): void {
  if (place === 'server') store.removeItem(key);
  else store.setItem(key, place);
}

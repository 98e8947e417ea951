import type { RoomPlace } from '../room/room.ts';
import type { Notice } from './notice.ts';

/** The broker's new place, and what it means for programs outside of the page. */
export const movedNotice = (place: RoomPlace): Notice => ({
  text: { key: `workbench.place.moved-${place}` },
  actions: [{ label: { key: 'workbench.dismiss' }, action: { do: 'dismiss', subject: 'moved' } }],
});

import type { RoomPlace } from '../room/room.ts';
import type { Notice } from './notice.ts';

/** Where the broker is from now on, and what that means for programs outside. */
export const movedNotice = (place: RoomPlace): Notice => ({
  text: { key: `workbench.place.moved-${place}` },
  actions: [{ label: { key: 'workbench.dismiss' }, action: { do: 'dismiss', subject: 'moved' } }],
});

import { prepareSpareRoom } from './create-room.ts';
import type { Room } from './room/room.ts';

/**
 * Somebody writes a program, or points at Run: a room in the page begins now, so that Run need not wait;
 * beside one on the server, what a room in the page would need is loaded.
 */
export function prepareRoom(
  element: HTMLElement,
  room: Room,
  { exercise, connect }: { exercise: string; connect(): void },
): void {
  let hasSpare = false;
  const prepare = (): void => {
    if (room.place === 'browser') {
      if (room.status === 'off') connect();
      return;
    }
    if (!hasSpare) prepareSpareRoom(exercise);
    hasSpare = true;
  };
  element.addEventListener('focusin', prepare);
  element.addEventListener('pointerover', ({ target }) => {
    if ((target as Element).closest('.wb-run')) prepare();
  });
}

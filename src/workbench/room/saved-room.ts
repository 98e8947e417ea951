import { readRoomResponse, type RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { TextStore } from '../store/drafts.ts';

/** The room of an exercise, stored so that a reload finds it again. */
export class SavedRoom {
  readonly #store: TextStore;
  readonly #key: string;

  constructor(store: TextStore, exercise: string) {
    this.#store = store;
    this.#key = `retained:room:${exercise}`;
  }

  load(): RoomResponse | undefined {
    try {
      return readRoomResponse(JSON.parse(this.#store.getItem(this.#key) ?? 'null'));
    } catch {
      return undefined;
    }
  }
  save(room: RoomResponse): void {
    this.#store.setItem(this.#key, JSON.stringify(room));
  }
  forget(): void {
    this.#store.removeItem(this.#key);
  }
}

/**
 * Places for lines. If all are taken, an address that has more than its share gives one back to a
 * newcomer from an address that has less. Shares are by rooms: a class is not one greedy client.
 */

export interface Place {
  readonly remote: string;
  readonly room: string;
  /** When the connection last sent something, by performance.now(). */
  usedAt(): number;
  /** Ends the connection, which gives the place back. */
  evict(): void;
}

/** The largest weight of an address, however many rooms it uses. */
const mostWeight = 100;
/** Every address may have this many. */
const least = 4;

class Address {
  readonly rooms = new Map<string, Set<Place>>();
  count = 0;

  get weight(): number {
    return Math.min(this.rooms.size, mostWeight);
  }

  add(place: Place): void {
    this.count++;
    const own = this.rooms.get(place.room) ?? new Set();
    this.rooms.set(place.room, own.add(place));
  }

  /** False if it was given back already. */
  delete(place: Place): boolean {
    const own = this.rooms.get(place.room);
    if (!own?.delete(place)) return false;
    this.count--;
    if (own.size === 0) this.rooms.delete(place.room);
    return true;
  }

  /** In the room with the most lines, the line that has been silent longest. */
  get spare(): Place {
    const [fullest] = [...this.rooms.values()].sort((a, b) => b.size - a.size);
    return [...fullest!].reduce((a, b) => (b.usedAt() < a.usedAt() ? b : a));
  }
}

export class Places {
  readonly #most: number;
  readonly #addresses = new Map<string, Address>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place; null if there is none. The result releases it, once. */
  take(place: Place): (() => void) | null {
    if (this.#count >= this.#most && !this.#makePlace(place.remote)) return null;
    const address = this.#addresses.get(place.remote) ?? new Address();
    this.#addresses.set(place.remote, address);
    address.add(place);
    this.#count++;
    return () => this.#leave(place);
  }

  #leave(place: Place): void {
    const address = this.#addresses.get(place.remote);
    if (!address?.delete(place)) return;
    this.#count--;
    if (address.count === 0) this.#addresses.delete(place.remote);
  }

  #makePlace(remote: string): boolean {
    const own = this.#addresses.get(remote);
    let weights = own ? 0 : 1;
    for (const { weight } of this.#addresses.values()) weights += weight;
    const shareOf = (weight: number): number => (this.#most * weight) / weights;
    const excessOf = ({ count, weight }: Address): number => count / shareOf(weight);
    if ((own?.count ?? 0) + 1 > Math.max(least, shareOf(own?.weight ?? 1))) return false;
    const [greediest] = [...this.#addresses.values()].sort((a, b) => excessOf(b) - excessOf(a));
    if (!greediest || greediest === own || excessOf(greediest) <= 1) return false;
    const place = greediest.spare;
    this.#leave(place);
    place.evict();
    return true;
  }
}

/** Shares the places of each network address among its rooms: one learner cannot take those of a class. */
export class AddressPlaces {
  readonly #most: number;
  readonly #byAddress = new Map<string, { places: Places; count: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place; null if the room has its share already. The result releases it, once. */
  take(place: Place): (() => void) | null {
    const { remote, room } = place;
    const own = this.#byAddress.get(remote) ?? { places: new Places(this.#most), count: 0 };
    const leave = own.places.take({
      remote: room,
      room,
      usedAt: () => place.usedAt(),
      evict: () => place.evict(),
    });
    if (!leave) return null;
    own.count++;
    this.#byAddress.set(remote, own);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
      own.count--;
      if (own.count === 0) this.#byAddress.delete(remote);
    };
  }
}

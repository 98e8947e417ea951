/**
 * Checks passwords outside the event loop, on the platform's threads, a few at a time. Only the
 * room with an expensive hash waits for it. Rooms take turns.
 */
import { slowArgon2, type Argon2 } from './argon2.ts';
import { equal, hashLength, secretOf, type PasswdEntry } from './password-hash.ts';

let argon2 = slowArgon2;

const load = () => import('./digest.ts');
// A page without TLS from another machine has no threads for it: there it is at hand in any case.
if (!crypto.subtle as boolean) void load().catch(() => {});

/** For a platform that can do it on another thread. */
export function useArgon2(native: Argon2): void {
  argon2 = native;
}

/** Of four threads that Node has for it: the server reads its pages with the others. */
const atOnce = 2;

interface PasswordCheck {
  entry: PasswdEntry;
  password: Uint8Array;
  /** The client has left: the result is not needed. */
  gone: () => boolean;
  answer: (right: boolean) => void;
}

let underWay = 0;
/** Rooms with waiting checks; the next room is first. */
const rooms = new Set<PasswordQueue>();

/** Those of one room, in the order in which they came. */
export class PasswordQueue {
  #queue: PasswordCheck[] = [];

  /** How many have not begun. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Returns whether this is the password; false at once for a user who has none. `gone` returns true after
   * the client has left: a check that has not begun then resolves with false, so that no more
   * checks wait than the room has lines.
   */
  check(
    entry: PasswdEntry | undefined,
    password: Uint8Array,
    gone: () => boolean = () => false,
  ): boolean | Promise<boolean> {
    if (!entry) return false;
    return new Promise((answer) => {
      this.#dropGone();
      this.#queue.push({ entry, password, gone, answer });
      rooms.add(this);
      begin();
    });
  }

  /** The next check whose client is still connected. */
  take(): PasswordCheck | undefined {
    this.#dropGone();
    return this.#queue.shift();
  }

  #dropGone(): void {
    this.#queue = this.#queue.filter(({ gone, answer }) => {
      if (!gone()) return true;
      answer(false);
      return false;
    });
  }
}

function begin(): void {
  for (const room of rooms) {
    if (underWay >= atOnce) return;
    rooms.delete(room);
    const check = room.take();
    if (!check) continue;
    // Behind the other rooms.
    if (room.waiting > 0) rooms.add(room);
    underWay += 1;
    void isRight(check).then((right) => {
      underWay -= 1;
      check.answer(right);
      begin();
    });
  }
}

async function isRight({ entry, password }: PasswordCheck): Promise<boolean> {
  const { type, salt, iterations, hash } = entry;
  // A page that came without TLS from another machine has none.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  try {
    if (type === 'argon2id') {
      if (!entry.argon2) return false;
      const cost = { ...entry.argon2, length: hash.length };
      return equal(await argon2(secretOf(password), salt, cost), hash);
    }
    if (type === 6 || !subtle) {
      const { digest } = await load();
      return equal(digest(password, entry), hash);
    }
    const secret = new Uint8Array(secretOf(password));
    const key = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
    const how = { name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(salt), iterations };
    return equal(new Uint8Array(await subtle.deriveBits(how, key, hashLength * 8)), hash);
  } catch {
    return false;
  }
}

/** Makes the hash of a password, as `mosquitto_passwd` does. */
import { factsOf, type Facts } from '../conf/changes.ts';
import { usualMosquitto } from '../../protocol/mosquitto.ts';
import { slowArgon2 } from './argon2.ts';
import { digest } from './digest.ts';
import { secretOf, type HashType, type PasswdEntry } from './password-hash.ts';

/** Mosquitto's own (MOSQ_ARGON2_M, _T, _P): KiB, passes, lanes. */
const argon2 = { memory: 47_104, passes: 1, lanes: 1 } as const;

export interface HashOptions {
  /** Default 7; 6 is for files of Mosquitto 1.6 and older. */
  type?: HashType;
  iterations?: number;
  /** Random unless given; 12 bytes, of 2.1 64. */
  salt?: Uint8Array;
}

/** Those that are made at once. */
export type QuickHashOptions = HashOptions & { type?: 6 | 7 };

const usual = ({ passwordHash }: Facts, { type = 7, iterations, salt }: HashOptions): PasswdEntry => {
  const bytes = salt ?? crypto.getRandomValues(new Uint8Array(passwordHash.saltLength));
  return {
    type,
    iterations: iterations ?? passwordHash.iterations,
    ...(type === 'argon2id' ? { argon2 } : {}),
    salt: bytes,
    hash: bytes,
  };
}; // prettier-ignore

/** The text of a fresh hash. */
export function hashText(password: string, options: QuickHashOptions, facts: Facts): string {
  const entry = usual(facts, options);
  return spell(entry, digest(new TextEncoder().encode(password), entry));
}

/** The same, while the thread does other things: for a page. */
export async function hashTextSlowly(
  password: string,
  options: HashOptions,
  facts: Facts,
): Promise<string> {
  const { type, ...others } = options;
  if (type !== 'argon2id') return hashText(password, { ...others, ...(type && { type }) }, facts);
  const entry = usual(facts, options);
  const secret = secretOf(new TextEncoder().encode(password));
  // A hash yet to be made has its salt's length.
  const cost = { ...argon2, length: entry.salt.length };
  return spell(entry, await slowArgon2(secret, entry.salt, cost));
}

function spell({ type, iterations, salt }: PasswdEntry, hash: Uint8Array): string {
  if (type === 'argon2id') {
    const { memory, passes, lanes } = argon2;
    const text = [salt, hash].map((bytes) => toBase64(bytes).replace(/=+$/, '')).join('$');
    return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${text}`;
  }
  const rounds = type === 7 ? `${iterations}$` : '';
  return `$${type}$${rounds}${toBase64(salt)}$${toBase64(hash)}`;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** One line of a password file, without its newline. */
export function passwordLine(
  user: string,
  password: string,
  options: QuickHashOptions = {},
  facts: Facts = factsOf(usualMosquitto),
): string {
  return `${user}:${hashText(password, options, facts)}`;
}

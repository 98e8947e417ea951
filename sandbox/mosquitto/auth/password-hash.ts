/**
 * The hash of a password in a line of a password file: `$7$<iterations>$<salt>$<hash>` (PBKDF2 with
 * SHA-512), `$6$<salt>$<hash>` (SHA-512 of password and salt), and since 2.1 `$argon2id$…`. Salt and
 * hash are base64. Sources: src/security_default.c of 2.0, libcommon/password_common.c of 2.1.
 */
import type { Facts } from '../conf/changes.ts';
import { atoi } from '../conf/c-text.ts';
import type { Argon2Cost } from './argon2.ts';

/** A hash is checked at each CONNECT. 2.1 writes 1,000. */
export const highestIterations = 2_000;
/** KiB of one check, and KiB times passes: its time. */
const highestMemory = 65_536;
const highestWork = 131_072;
const saltLength = 12;
export const hashLength = 64;

export type HashType = 6 | 7 | 'argon2id';
export interface PasswdEntry {
  type: HashType;
  /** PBKDF2's. */
  iterations: number;
  /** Argon2's: KiB, passes, lanes. */
  argon2?: Argon2Cost;
  salt: Uint8Array;
  hash: Uint8Array;
}
/** The hash, or why there is none. `limit`: the reason is the sandbox's, not Mosquitto's. */
export type Decoded = PasswdEntry | { fault: string; limit?: true };

/** `unpwd__decode_passwords`, `mosquitto_pw_decode` */
export function decode(text: string, { passwordHash: { argon2id: hasArgon2, longSalts, dollar } }: Facts): Decoded {
  if (dollar && !/^\$(?:[67]|argon2id)\$/.test(text)) return { fault: '' };
  const fields = text.split('$').filter((field) => field !== '');
  const type = fields.shift();
  if (type === 'argon2id' && hasArgon2) return decodeArgon2(text);
  if (type === undefined) return { fault: 'Invalid password hash' };
  if (type !== '6' && type !== '7') return { fault: 'Invalid password hash type' };
  let iterations = 0;
  if (type === '7') {
    const count = fields.shift();
    if (count === undefined) return { fault: 'Invalid password hash' };
    iterations = atoi(count);
    if (iterations < 1) return { fault: 'Invalid hash iterations' };
    // A learner's file may not keep a server busy.
    if (iterations > highestIterations) {
      return tooMuch(`${highestIterations} hash iterations, not ${iterations}`);
    }
  }
  const [saltText, hashText] = fields;
  if (saltText === undefined) return { fault: 'Invalid password hash' };
  const salt = fromBase64(saltText);
  if (salt?.length !== saltLength && !(longSalts && salt?.length === hashLength)) {
    return { fault: 'Unable to decode password salt' };
  }
  if (hashText === undefined) return { fault: 'Invalid password hash' };
  const hash = fromBase64(hashText);
  if (hash?.length !== hashLength) return { fault: 'Unable to decode password' };
  return { type: type === '6' ? 6 : 7, iterations, salt: salt!, hash };
} // prettier-ignore

const tooMuch = (what: string): Decoded => ({
  fault: `This sandbox takes at most ${what},`,
  limit: true,
});

/** What cannot be read is right for no password: Mosquitto tells only when it is checked. */
function decodeArgon2(text: string): Decoded {
  const nobody = { type: 'argon2id', iterations: 0, salt: new Uint8Array(0), hash: new Uint8Array(0) } as const;
  const found = /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$([^$]+)\$([^$]+)$/.exec(text);
  if (!found) return nobody;
  const [memory = 0, passes = 0, lanes = 0] = found.slice(1, 4).map(Number);
  if (memory > highestMemory) return tooMuch(`${highestMemory} KiB for a hash, not ${memory}`);
  if (memory * passes > highestWork || lanes > 4) {
    return tooMuch(`${highestWork} KiB times passes for a hash, not ${memory * passes}`);
  }
  const [salt, hash] = found.slice(4).map((each) => fromBase64(each + '='.repeat(-each.length & 3)));
  const sound = salt && salt.length >= 8 && salt.length <= 64 && hash && hash.length >= 12 && hash.length <= hashLength;
  if (!sound || passes < 1 || lanes < 1 || memory < 8 * lanes) return nobody;
  return { type: 'argon2id', iterations: 0, argon2: { memory, passes, lanes }, salt, hash };
} // prettier-ignore

/** There the password is a C string, and so ends at its first NUL. */
export function secretOf(password: Uint8Array): Uint8Array {
  const end = password.indexOf(0);
  return end < 0 ? password : password.subarray(0, end);
}

/** Takes the same time, wherever they differ. Two empty ones are not equal. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < hashLength; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0 && a.length > 0;
}

function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** SHA-512 and PBKDF2 in this thread. A room loads them when they are needed: most never are. */
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { hashLength, secretOf, type PasswdEntry } from './password-hash.ts';

/** `pw__digest`, in this thread; not of argon2id. */
export function digest(password: Uint8Array, entry: PasswdEntry): Uint8Array {
  const { type, iterations, salt } = entry;
  const secret = secretOf(password);
  if (type === 7) return pbkdf2(sha512, secret, salt, { c: iterations, dkLen: hashLength });
  return sha512.create().update(secret).update(salt).digest();
}

/**
 * argon2id (RFC 9106) in this thread, which pauses now and then. A page loads it when the first such
 * hash is made or checked: most rooms have none.
 */
export interface Argon2Cost {
  /** KiB. */
  memory: number;
  passes: number;
  lanes: number;
}

/** Computes argon2id, `length` bytes of it. */
export type Argon2 = (
  secret: Uint8Array,
  salt: Uint8Array,
  cost: Argon2Cost & { length: number },
) => Promise<Uint8Array>;

export const slowArgon2: Argon2 = async (secret, salt, { memory, passes, lanes, length }) => {
  const { argon2idAsync } = await import('@noble/hashes/argon2.js');
  return argon2idAsync(secret, salt, { m: memory, t: passes, p: lanes, dkLen: length });
};

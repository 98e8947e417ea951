/** Argon2 on a thread of its own, where Node has it (24.7 and later). */
import * as crypto from 'node:crypto';
import { useArgon2 } from '../mosquitto/auth/password-queue.ts';

export function useNativeArgon2(): void {
  const argon2 = crypto.argon2 as typeof crypto.argon2 | undefined;
  if (!argon2) return;
  useArgon2(
    (message, nonce, { memory, passes, lanes, length }) =>
      new Promise((resolve, reject) => {
        const parameters = {
          message,
          nonce,
          memory,
          passes,
          parallelism: lanes,
          tagLength: length,
        };
        argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash)));
      }),
  );
}

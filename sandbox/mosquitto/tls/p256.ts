/** Signatures of ECDSA on the curve P-256 with SHA-256. A page that came over plain HTTP has no WebCrypto. */
import { p256 } from '@noble/curves/nist.js';

const options = { format: 'der', lowS: false } as const;

/**
 * @param key the point, uncompressed: 4, then x and y of 32 bytes each
 * @param signature DER: a sequence of the two numbers
 */
export function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return p256.verify(signature, message, key, options);
  } catch {
    // No point of the curve, or no DER.
    return false;
  }
}

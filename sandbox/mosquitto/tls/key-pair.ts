/** What a client does with its own certificate and key before it connects. */
import { blocksOf, contentOf, hexOf, tags, valueAt, valuesIn } from './der.ts';

/** The messages of OpenSSL 3, and what Node calls them. */
export const pairErrors = {
  'no-start-line': {
    text: 'error:0480006C:PEM routines::no start line',
    code: 'ERR_OSSL_PEM_NO_START_LINE',
  },
  mismatch: {
    text: 'error:05800074:x509 certificate routines::key values mismatch',
    code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
  },
} as const;
export type PairError = keyof typeof pairErrors;

/** Undefined if there is nothing to say against them. Either may be absent. */
export function pairError(
  cert: string | undefined,
  key: string | undefined,
): PairError | undefined {
  const [certificate] = blocksOf(cert ?? '', /^CERTIFICATE$/);
  const [secret] = blocksOf(key ?? '', /PRIVATE KEY$/);
  if ((cert !== undefined && !certificate) || (key !== undefined && !secret))
    return 'no-start-line';
  if (!certificate || !secret) return undefined;
  return hexOf(secret).includes(publicPart(certificate)) ? undefined : 'mismatch';
}

/**
 * The numbers of the public key as they stand in a private key's file, too: OpenSSL writes both halves.
 * Of an elliptic curve a point, of RSA the modulus and the exponent.
 */
function publicPart(certificate: Uint8Array): string {
  try {
    const [body] = valuesIn(certificate, valueAt(certificate, 0));
    const fields = valuesIn(certificate, body!).filter(({ tag }) => tag < 0x80);
    const [, bits] = valuesIn(certificate, fields[5]!);
    const key = contentOf(certificate, bits!).subarray(1);
    return hexOf(key[0] === tags.sequence ? contentOf(key, valueAt(key, 0)) : key);
  } catch {
    return 'unreadable';
  }
}

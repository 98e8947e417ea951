/** Whom a certificate was signed by, in the order in which OpenSSL 3 looks (X509_verify_cert). */
import type { Certificate } from './certificate.ts';
import { isSignedBy } from './p256.ts';

/** What is against a chain; the words of `openssl verify` in brackets. */
export type ChainError =
  /** Its authority is not among the trusted ones (20: unable to get local issuer certificate). */
  | 'no-issuer'
  /** It goes back to an authority that nobody trusts (18, 19: self-signed certificate). */
  | 'own-root'
  /** 79: invalid CA certificate */
  | 'no-authority'
  /** 26: unsuitable certificate purpose */
  | 'purpose'
  /** 7: certificate signature failure */
  | 'signature'
  /** 9: certificate is not yet valid */
  | 'not-yet'
  /** 10: certificate has expired */
  | 'expired';

export interface Trust {
  roots: readonly Certificate[];
  /** Sent with the certificate. */
  between?: readonly Certificate[];
  purpose: 'client' | 'server';
  /** Milliseconds since 1970. */
  now: number;
}

const longest = 10;
const purposes = { client: '1.3.6.1.5.5.7.3.2', server: '1.3.6.1.5.5.7.3.1' };
/** Bits of KeyUsage: digitalSignature and keyAgreement; of a server keyEncipherment, too. */
const usages = { client: 0x88, server: 0xa8 };
/** ECDSA with SHA-256 on P-256: the only one that this can verify. */
const ecdsa = '1.2.840.10045.4.3.2';

const isOwnIssuer = ({ issuer, subject }: Certificate): boolean => issuer === subject;
const issued = (by: Certificate, one: Certificate): boolean =>
  by.subject === one.issuer &&
  (by.keyId === undefined || one.issuerKeyId === undefined || by.keyId === one.issuerKeyId);
const isSame = (one: Certificate, other: Certificate): boolean =>
  one.body.length === other.body.length && one.body.every((byte, at) => byte === other.body[at]);
const isSigned = (one: Certificate, by: Certificate): boolean =>
  one.algorithm === ecdsa && isSignedBy(by.key, one.body, one.signature);

export function chainError(leaf: Certificate, trust: Trust): ChainError | undefined {
  const { roots, between = [], purpose, now } = trust;
  const chain = [leaf];
  let last = leaf;
  while (!isOwnIssuer(last) && chain.length < longest) {
    const by = [...roots, ...between].find((each) => issued(each, last));
    if (!by) return 'no-issuer';
    chain.push(by);
    last = by;
  }
  if (!roots.some((root) => isSame(root, last)))
    return isOwnIssuer(last) ? 'own-root' : 'no-issuer';
  if (chain.slice(1).some(({ isAuthority }) => !isAuthority)) return 'no-authority';
  const { usage } = leaf;
  if (leaf.purposes && !leaf.purposes.includes(purposes[purpose])) return 'purpose';
  if (usage !== undefined && (usage & usages[purpose]) === 0) return 'purpose';
  for (let at = chain.length - 1; at >= 0; at--) {
    const one = chain[at]!;
    const by = chain[at + 1];
    if (by && !isSigned(one, by)) return 'signature';
    if (now < one.notBefore) return 'not-yet';
    if (now > one.notAfter) return 'expired';
  }
  return undefined;
}

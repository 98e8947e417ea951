/**
 * A TLS handshake, played: no byte is encrypted, and the certificates of both sides are looked at as OpenSSL
 * does. A room loads this when a client with TLS comes.
 */
import type { ClientHello, ListenerTls, Shaken, TlsRefusal } from '../../protocol/tls.ts';
import { certificatesIn, type Certificate } from './certificate.ts';
import { chainError, type ChainError } from './chain.ts';

/** By the alert that OpenSSL sends for each (ssl/statem/statem_lib.c, `ssl_x509err2alert`). */
const refusals: Record<ChainError, TlsRefusal> = {
  'no-issuer': 'tls-unknown-ca',
  'own-root': 'tls-unknown-ca',
  'no-authority': 'tls-unknown-ca',
  purpose: 'tls-wrong-use',
  signature: 'tls-bad-signature',
  'not-yet': 'tls-not-yet',
  expired: 'tls-expired',
};
const ofServer: Partial<Record<ChainError, TlsRefusal>> = {
  'no-issuer': 'tls-server-chain',
  expired: 'tls-server-expired',
};

/** @param now milliseconds since 1970 */
export function shakeHands(
  hello: ClientHello,
  { pem, requireCertificate }: ListenerTls,
  now: number = Date.now(),
): Shaken {
  const roots = certificatesIn(pem.ca);
  const [own, ...sent] = certificatesIn(pem.certificate);
  const refusal =
    hello.verify && own ? againstServer(hello, [own, ...sent, ...roots], now) : undefined;
  if (refusal) return failed(refusal, '0A000126:SSL routines::unexpected eof while reading');
  // Without require_certificate Mosquitto asks for none, and a client sends none.
  if (!requireCertificate) return {};
  const [leaf, ...between] = certificatesIn(hello.cert);
  if (!leaf) {
    return failed('tls-no-certificate', '0A0000C7:SSL routines::peer did not return a certificate');
  }
  const error = chainError(leaf, { roots, between, purpose: 'client', now });
  if (error) return failed(refusals[error], '0A000086:SSL routines::certificate verify failed');
  const { commonName, subjectText: subject } = leaf;
  return commonName === undefined ? {} : { certificate: { commonName, subject } };
}

const failed = (refusal: TlsRefusal, openssl: string): Shaken => ({
  refusal,
  log: [
    { level: 'error', text: `OpenSSL Error[0]: error:${openssl}` },
    { level: 'notice', text: 'Client <unknown> disconnected: Protocol error.' },
  ],
});

/** What a client has against the broker's certificate. OpenSSL sends those of the cafile along. */
function againstServer(
  { ca, name }: ClientHello,
  [leaf, ...between]: readonly [Certificate, ...Certificate[]],
  now: number,
): TlsRefusal | undefined {
  const roots = certificatesIn(ca);
  const error = chainError(leaf, { roots, between, purpose: 'server', now });
  if (error) return ofServer[error] ?? 'tls-server-unknown';
  return hasName(leaf, name) ? undefined : 'tls-server-name';
}

/** Node's rule: a common name stands in for names that are missing, not for addresses. */
function hasName({ names, commonName = '' }: Certificate, name: string): boolean {
  const wanted = name.toLowerCase().replace(/^\[|\]$/g, '');
  if (wanted === '::1') return names.includes('0000:0000:0000:0000:0000:0000:0000:0001');
  if (/^[\d.]+$/.test(wanted)) return names.includes(wanted);
  const all = names.length > 0 ? names : [commonName.toLowerCase()];
  const wild = wanted.replace(/^[^.]+/, '*');
  return all.includes(wanted) || (wild.includes('.') && all.includes(wild));
}

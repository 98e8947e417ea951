/** What a client in the page brings to a listener with TLS: the handshake is played, its certificates are real. */
import * as v from 'valibot';

const pem = v.optional(v.pipe(v.string(), v.maxLength(8192)));

export const clientHello = v.object({
  /** The name in its URL, which the broker's certificate must have. */
  name: v.pipe(v.string(), v.maxLength(253)),
  /** PEM: the authorities that it trusts. */
  ca: pem,
  /** PEM: its own certificate, then those between that and the authority's. It has the key, and keeps it. */
  cert: pem,
  /** It ends the connection if the broker's certificate isn't one that it trusts. */
  verify: v.boolean(),
});
export type ClientHello = v.InferOutput<typeof clientHello>;
/** From the JSON of a line's URL; undefined if it is none. */
export function helloFrom(json: string | null): ClientHello | undefined {
  try {
    const read = v.safeParse(clientHello, JSON.parse(json ?? 'null'));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Why a TLS handshake failed: key of the language files (`files.refused.<refusal>`). `tls-server-…`: the client
 * ended it, the others: the broker, with an alert.
 */
export const tlsRefusals = [
  'tls-no-certificate',
  'tls-unknown-ca',
  'tls-expired',
  'tls-not-yet',
  'tls-bad-signature',
  'tls-wrong-use',
  'tls-server-unknown',
  'tls-server-chain',
  'tls-server-expired',
  'tls-server-name',
] as const;
export type TlsRefusal = (typeof tlsRefusals)[number];
export const isTlsRefusal = (text: unknown): text is TlsRefusal =>
  tlsRefusals.some((refusal) => refusal === text);

/** A listener's own files, PEM, and what it asks of clients. */
export interface ListenerTls {
  pem: { certificate: string; ca?: string | undefined };
  requireCertificate: boolean;
}
/** How a handshake ended. */
export type Shaken =
  /** `log`: what Mosquitto says of it. */
  | { refusal: TlsRefusal; log: readonly { level: 'error' | 'notice'; text: string }[] }
  /** Who the client is, if it was asked: its common name, and its whole subject (RFC 2253). */
  | { refusal?: never; certificate?: { commonName: string; subject: string } };

/** TLS of a program: what it shows of itself, and the errors that Node has for what goes wrong. */
import type * as Mqtt from 'mqtt';
import type { ClientHello, TlsRefusal } from '../../../../sandbox/protocol/tls.ts';
import { pairError, pairErrors } from '../../../../sandbox/mosquitto/tls/key-pair.ts';

type Options = Pick<Mqtt.IClientOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized'>;

/** PEM: a text, bytes, or a list of them. */
function textOf(given: unknown): string | undefined {
  if (given === undefined || given === null) return undefined;
  if (Array.isArray(given)) return given.map(textOf).join('\n');
  return given instanceof Uint8Array ? new TextDecoder().decode(given) : String(given);
}

/**
 * @param name the host in the program's URL
 * @throws Error with OpenSSL's message, if certificate and key are none, or don't belong together
 */
export function helloOf(name: string, options: Options): ClientHello {
  const [ca, cert, key] = [options.ca, options.cert, options.key].map(textOf);
  const wrong = pairError(cert, key);
  if (wrong) {
    const { text, code } = pairErrors[wrong];
    throw Object.assign(new Error(text), { code });
  }
  return {
    name,
    verify: options.rejectUnauthorized !== false,
    ...(ca !== undefined && { ca }),
    // Without its key a certificate proves nothing: Node sends none.
    ...(cert !== undefined && key !== undefined && { cert }),
  };
}

const alert = (number: number, code: string, words: string, name: string) => ({
  message: `error:${code}:SSL routines:ssl3_read_bytes:${words}:SSL alert number ${number}`,
  code: `ERR_SSL_${name}`,
});

/** As Node 24 has them with OpenSSL 3.5, without the thread and the place in OpenSSL's source. */
const errors: Record<TlsRefusal, (name: string) => { message: string; code: string }> = {
  'tls-no-certificate': () =>
    alert(116, '0A00045C', 'tlsv13 alert certificate required', 'TLSV13_ALERT_CERTIFICATE_REQUIRED'), // prettier-ignore
  'tls-unknown-ca': () => alert(48, '0A000418', 'tlsv1 alert unknown ca', 'TLSV1_ALERT_UNKNOWN_CA'),
  'tls-expired': () =>
    alert(45, '0A000415', 'ssl/tls alert certificate expired', 'SSL/TLS_ALERT_CERTIFICATE_EXPIRED'),
  'tls-not-yet': () =>
    alert(42, '0A000412', 'ssl/tls alert bad certificate', 'SSL/TLS_ALERT_BAD_CERTIFICATE'),
  'tls-bad-signature': () =>
    alert(51, '0A00041B', 'tlsv1 alert decrypt error', 'TLSV1_ALERT_DECRYPT_ERROR'),
  'tls-wrong-use': () =>
    alert(43, '0A000413', 'ssl/tls alert unsupported certificate', 'SSL/TLS_ALERT_UNSUPPORTED_CERTIFICATE'), // prettier-ignore
  'tls-server-unknown': () => ({
    message: 'self-signed certificate in certificate chain',
    code: 'SELF_SIGNED_CERT_IN_CHAIN',
  }),
  'tls-server-chain': () => ({
    message: 'unable to verify the first certificate',
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  }),
  'tls-server-expired': () => ({
    message: 'certificate has expired',
    code: 'CERT_HAS_EXPIRED',
  }),
  'tls-server-name': (name) => ({
    message: `Hostname/IP does not match certificate's altnames: ${
      /^[\d.]+$|:/.test(name)
        ? `IP: ${name} is not in the cert's list: `
        : `Host: ${name}. is not in the cert's altnames`
    }`,
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  }),
};

export function tlsError(refusal: TlsRefusal, name: string): Error {
  const { message, code } = errors[refusal](name);
  return Object.assign(new Error(message), { code });
}

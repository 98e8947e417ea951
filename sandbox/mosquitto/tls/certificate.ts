/** X.509 certificates (RFC 5280), as far as a broker and its clients look at them. */
import {
  blocksOf,
  contentOf,
  hexOf,
  oidOf,
  valueAt,
  valuesIn,
  wholeOf,
  type Value,
} from './der.ts';

export interface Certificate {
  /** Their DER as hexadecimal digits: the name of an issuer is compared with that of an authority. */
  subject: string;
  issuer: string;
  /** The first common name of the subject. */
  commonName?: string;
  /** The subject as RFC 2253 writes it: `CN=meter-17,O=House`. */
  subjectText: string;
  /** Milliseconds since 1970. */
  notBefore: number;
  notAfter: number;
  /** What was signed, by whom it says, and the signature. */
  body: Uint8Array;
  signature: Uint8Array;
  /** Its algorithm, `1.2.840.10045.4.3.2` for ECDSA with SHA-256. */
  algorithm: string;
  /** The bits of the subject's public key. */
  key: Uint8Array;
  /** May it sign others? */
  isAuthority: boolean;
  /** The identifiers of its own key and its issuer's, if it has them. */
  keyId?: string;
  issuerKeyId?: string;
  /** The purposes that it is bound to; absent: any. */
  purposes?: readonly string[];
  /** Bits of KeyUsage, the first one the highest; absent: any. */
  usage?: number;
  /** `localhost`, `127.0.0.1`; empty: its common name is its name. */
  names: readonly string[];
}

/** Those of a PEM file that can be read. */
export const certificatesIn = (pem: string | undefined): Certificate[] =>
  blocksOf(pem ?? '', /^CERTIFICATE$/).flatMap((bytes) => {
    try {
      return [read(bytes)];
    } catch {
      return [];
    }
  });

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function read(bytes: Uint8Array): Certificate {
  const [body, algorithm, signature] = valuesIn(bytes, valueAt(bytes, 0));
  const all = valuesIn(bytes, body!);
  const hasVersion = all[0]!.tag === 0xa0;
  const [, , issuer, validity, subject, keyInfo] = hasVersion ? all.slice(1) : all;
  const [notBefore, notAfter] = valuesIn(bytes, validity!).map((value) => dateOf(bytes, value));
  const [, keyBits] = valuesIn(bytes, keyInfo!);
  const attributes = valuesIn(bytes, subject!)
    .flatMap((set) => valuesIn(bytes, set))
    .map((pair) => {
      const [type, value] = valuesIn(bytes, pair);
      const oid = oidOf(contentOf(bytes, type!));
      return { name: shortNames[oid] ?? oid, value: text(contentOf(bytes, value!)) };
    });
  const commonName = attributes.find(({ name }) => name === 'CN')?.value;
  const isOwn = hexOf(wholeOf(bytes, issuer!)) === hexOf(wholeOf(bytes, subject!));
  const extensions = extensionsOf(
    bytes,
    all.find(({ tag }) => tag === 0xa3),
  );
  const usage = extensions.get('2.5.29.15');
  const bits = usage && usage[3] !== undefined ? usage[3] : undefined;
  const basic = extensions.get('2.5.29.19');
  const keyId = extensions.get('2.5.29.14');
  const issuerKey = inside(extensions.get('2.5.29.35')).find(({ tag }) => tag === 0x80);
  const purposes = extensions.get('2.5.29.37');
  return {
    subject: hexOf(wholeOf(bytes, subject!)),
    issuer: hexOf(wholeOf(bytes, issuer!)),
    ...(commonName !== undefined && { commonName }),
    subjectText: attributes
      .toReversed()
      .map(({ name, value }) => `${name}=${value.replace(/[,+"\\<>;]/g, '\\$&')}`)
      .join(','),
    notBefore: notBefore!,
    notAfter: notAfter!,
    body: wholeOf(bytes, body!),
    signature: contentOf(bytes, signature!).subarray(1),
    algorithm: oidOf(contentOf(bytes, valuesIn(bytes, algorithm!)[0]!)),
    key: contentOf(bytes, keyBits!).subarray(1),
    // check_ca of OpenSSL: what the extension says; without it, a root of version 1, or keyCertSign.
    isAuthority: basic
      ? inside(basic).some(({ tag, content }) => tag === 1 && content[0] !== 0)
      : (isOwn && !hasVersion) || (bits !== undefined && (bits & 4) !== 0),
    ...(keyId && { keyId: hexOf(contentOf(keyId, valueAt(keyId, 0))) }),
    ...(issuerKey && { issuerKeyId: hexOf(issuerKey.content) }),
    ...(purposes && { purposes: inside(purposes).map(({ content }) => oidOf(content)) }),
    ...(bits !== undefined && { usage: bits }),
    names: inside(extensions.get('2.5.29.17')).flatMap(({ tag, content }) =>
      tag === 0x82 ? text(content).toLowerCase() : tag === 0x87 ? addressOf(content) : [],
    ),
  };
}

/** The values of each extension, by its object identifier. */
function extensionsOf(bytes: Uint8Array, at: Value | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const [list] = at ? valuesIn(bytes, at) : [];
  for (const extension of list ? valuesIn(bytes, list) : []) {
    const parts = valuesIn(bytes, extension);
    found.set(oidOf(contentOf(bytes, parts[0]!)), contentOf(bytes, parts.at(-1)!));
  }
  return found;
}

const inside = (sequence: Uint8Array | undefined) =>
  sequence
    ? valuesIn(sequence, valueAt(sequence, 0)).map((value) => ({
        tag: value.tag,
        content: contentOf(sequence, value),
      }))
    : [];

/** UTCTime has two digits of the year: 50 is 1950. */
function dateOf(bytes: Uint8Array, value: Value): number {
  const digits = text(contentOf(bytes, value)).replace(/Z$/, '');
  const isShort = value.tag === 0x17;
  const full = isShort ? `${Number(digits.slice(0, 2)) < 50 ? 20 : 19}${digits}` : digits;
  const [year, month, day, hour, minute, second] = [
    ...[full.slice(0, 4), full.slice(4, 6), full.slice(6, 8)],
    ...[full.slice(8, 10), full.slice(10, 12), full.slice(12, 14)],
  ].map(Number) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const addressOf = (bytes: Uint8Array): string =>
  bytes.length === 4 ? bytes.join('.') : hexOf(bytes).replace(/(....)(?!$)/g, '$1:');

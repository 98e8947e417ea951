/**
 * The sandbox's own certificate authority and the server's certificate, made at first start and
 * kept in the data folder. Lessons give `ca.crt` to `mosquitto_sub --cafile`.
 */
import 'reflect-metadata';
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { courseBegan } from '../../shared/calendar.ts';
import { log } from '../../shared/log.ts';
import { alone } from './alone.ts';
import * as x509 from '@peculiar/x509';

export interface Certificates {
  /** PEM of the authority that clients must trust; null if the host has its own certificate. */
  ca: string | null;
  cert: string;
  key: string;
}

const crypto = webcrypto as Crypto;
/** P-256: small devices can check it, and it is made in a millisecond. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;
const caDays = 3650;
/** The longest that Apple's devices accept for a certificate of this kind. */
const serverDays = 397;
const renewDays = 30;

const pemKey = async (key: CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

const importKey = (pem: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', x509.PemConverter.decode(pem)[0]!, algorithm, true, ['sign']);

const newKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

const serialNumber = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // RFC 5280, section 4.1.2.2: positive.
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
};

/** The clock may be one that was never set. */
const present = (): number => Math.max(Date.now(), courseBegan);
/** Valid from a day before now: the clock of a client may be behind. */
const validity = (days: number) => ({
  notBefore: new Date(present() - day),
  notAfter: new Date(present() + days * day),
});

async function makeAuthority(): Promise<{ cert: string; key: string }> {
  const keys = await newKeys();
  const name = `Retained sandbox ${serialNumber().slice(0, 8)}`;
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [name] }],
    // It stays for good, so it is valid also if the clock is years ahead now.
    ...{ ...validity(caDays), notBefore: new Date(courseBegan) },
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: cert.toString('pem'), key: await pemKey(keys.privateKey) };
}

async function makeServer(
  authority: { cert: string; key: string },
  hosts: readonly string[],
): Promise<{ cert: string; key: string }> {
  const ca = new x509.X509Certificate(authority.cert);
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [hosts[0]!] }],
    issuer: ca.subject,
    ...validity(serverDays),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((host) => ({
          type: isIP(host) ? ('ip' as const) : ('dns' as const),
          value: host,
        })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  return { cert: cert.toString('pem'), key: await pemKey(keys.privateKey) };
}

/** Whether the server's certificate can be kept; if not, the same authority issues a new one. */
function stillGood(cert: string, issuer: string, hosts: readonly string[]): boolean {
  const read = new X509Certificate(cert);
  if (Date.parse(read.validTo) < present() + renewDays * day) return false;
  // Made when the clock was ahead.
  if (Date.parse(read.validFrom) > present()) return false;
  if (!read.checkIssued(new X509Certificate(issuer))) return false;
  return hosts.every((host) => (isIP(host) ? read.checkIP(host) : read.checkHost(host)));
}

/** Its text; null if there is no such file. */
const readIfThere = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

/** What is wrong with a certificate and its key, or null. OpenSSL itself accepts an empty key. */
export function whyUnusable({ cert, key }: { cert: string; key: string }): string | null {
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return null;
    return 'the key belongs to another certificate';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Writes a temporary file and renames it: an interrupted start leaves no incomplete key. */
async function writePair(
  folder: string,
  name: string,
  pair: { cert: string; key: string },
): Promise<void> {
  for (const [ending, text, mode] of [
    ['key', pair.key, 0o600],
    ['crt', pair.cert, 0o644],
  ] as const) {
    const file = join(folder, `${name}.${ending}`);
    await writeFile(`${file}.new`, text, { mode });
    await rename(`${file}.new`, file);
  }
}

interface Files {
  authority: { cert: string; key: string };
  own: { cert: string; key: string };
  /** None of them is there. */
  areNone: boolean;
}

async function readFiles(folder: string): Promise<Files> {
  const names = ['ca.crt', 'ca.key', 'server.crt', 'server.key'];
  const texts = await Promise.all(names.map((name) => readIfThere(join(folder, name))));
  const [caCert, caKey, cert, key] = texts.map((text) => text ?? '') as [string, string, string, string]; // prettier-ignore
  return {
    authority: { cert: caCert, key: caKey },
    own: { cert, key },
    areNone: texts.every((text) => text === null),
  };
}

const whyNoAuthority = ({ authority }: Files): string | null =>
  authority.key ? whyUnusable(authority) : 'it is missing';

/** The stored certificates if they are usable; null if the server's must be made. */
function asTheyAre(folder: string, files: Files, hosts: readonly string[]): Certificates | null {
  const { authority, own } = files;
  if (!authority.cert || whyUnusable(own) || !stillGood(own.cert, authority.cert, hosts))
    return null;
  const why = whyNoAuthority(files);
  if (why) log.warn('no-authority-key', `${join(folder, 'ca.key')} can't be used (${why}). Put it back: the next certificate of this server needs it.`); // prettier-ignore
  return { ca: authority.cert, ...own };
}

/**
 * An authority is made only in an empty folder: clients already trust the existing one.
 * Without its key the server's certificate is used as long as it is valid.
 */
async function readOrMake(folder: string, hosts: readonly string[]): Promise<Certificates> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A read-only folder is enough if all files exist.
  const good = asTheyAre(folder, await readFiles(folder), hosts);
  if (good) return good;
  return alone(join(folder, 'lock'), async () => {
    // Another server may have made them in the meantime.
    const files = await readFiles(folder);
    const made = asTheyAre(folder, files, hosts);
    if (made) return made;
    if (files.areNone) {
      files.authority = await makeAuthority();
      await writePair(folder, 'ca', files.authority);
    }
    const { authority } = files;
    if (!authority.cert) throw new Error('ca.crt is missing');
    // This also detects a damaged ca.crt.
    const why = whyNoAuthority(files);
    if (why) throw new Error(`ca.crt or ca.key: ${why}`);
    const server = await makeServer(authority, hosts);
    await writePair(folder, 'server', server);
    return { ca: authority.cert, ...server };
  });
}

/**
 * @throws Error that names the folder and says what to do
 * @param folder where `ca.crt`, `ca.key`, `server.crt` and `server.key` are kept
 * @param hosts names and IP addresses of this machine; the first is the certificate's common name
 */
export async function certificates(
  folder: string,
  hosts: readonly string[],
): Promise<Certificates> {
  try {
    return await readOrMake(folder, hosts);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const advice =
      code !== undefined && /^E[A-Z]+$/.test(code)
        ? 'The course keeps them there: choose a folder that it may write to: --data <folder>.'
        : 'Put the files back if there is a copy. Move that folder away if there is none: the next start makes new ones, and clients have to be given the new ca.crt.';
    throw new Error(`The certificates in ${folder} can't be used (${message}). ${advice}`, {
      cause,
    });
  }
}

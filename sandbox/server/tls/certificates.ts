/**
 * The sandbox's own certificate authority and the server's certificate, made at first start and
 * kept in the data folder. Lessons give `ca.crt` to `mosquitto_sub --cafile`.
 */
import 'reflect-metadata';
import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

export interface Certificates {
  /** PEM of the authority that clients are to trust; null where the host brought a certificate. */
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

/** For a day before now: a Raspberry Pi without a clock may be a little behind. */
const validity = (days: number) => ({
  notBefore: new Date(Date.now() - day),
  notAfter: new Date(Date.now() + days * day),
});

async function makeAuthority(): Promise<{ cert: string; key: string }> {
  const keys = await newKeys();
  const name = `Retained sandbox ${serialNumber().slice(0, 8)}`;
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [name] }],
    ...validity(caDays),
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

/** Where it ends soon, or names other hosts than asked, it is made anew; the authority stays. */
function stillGood(cert: string, issuer: string, hosts: readonly string[]): boolean {
  const read = new X509Certificate(cert);
  if (Date.parse(read.validTo) < Date.now() + renewDays * day) return false;
  if (!read.checkIssued(new X509Certificate(issuer))) return false;
  return hosts.every((host) => (isIP(host) ? read.checkIP(host) : read.checkHost(host)));
}

const readPair = async (
  folder: string,
  name: string,
): Promise<{ cert: string; key: string } | null> => {
  try {
    const [cert, key] = await Promise.all(
      ['crt', 'key'].map((ending) => readFile(join(folder, `${name}.${ending}`), 'utf8')),
    );
    return { cert: cert!, key: key! };
  } catch {
    return null;
  }
};

/** Written beside and renamed: a start that is cut off leaves no half a key. */
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

/**
 * @throws Error that names the folder, where what is in it can't be read
 * @param folder where `ca.crt`, `ca.key`, `server.crt` and `server.key` are kept
 * @param hosts names and IP addresses of this machine; the first is the certificate's common name
 */
export async function certificates(
  folder: string,
  hosts: readonly string[],
): Promise<Certificates> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let authority = await readPair(folder, 'ca');
  if (!authority) {
    authority = await makeAuthority();
    await writePair(folder, 'ca', authority);
  }
  try {
    let server = await readPair(folder, 'server');
    if (!server || !stillGood(server.cert, authority.cert, hosts)) {
      server = await makeServer(authority, hosts);
      await writePair(folder, 'server', server);
    }
    return { ca: authority.cert, ...server };
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Error(
      `The certificates in ${folder} can't be used (${why}). Move that folder away: the next start makes new ones, and clients have to be given the new ca.crt.`,
      { cause },
    );
  }
}

/** SHA-256 of a PEM certificate, in the form that people compare. */
export const fingerprint = (pem: string): string =>
  createHash('sha256')
    .update(new Uint8Array(new x509.X509Certificate(pem).rawData))
    .digest('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:');

/** Certificates by openssl, judged by openssl and by us. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasOpenssl,
  PracticeCa,
  type MadeCertificate,
} from '../../testing/certificates/practice-ca.ts';
import { certificatesIn } from './certificate.ts';
import { chainError, type ChainError } from './chain.ts';
import { pairError } from './key-pair.ts';
import { isSignedBy } from './p256.ts';

describe.skipIf(!hasOpenssl())('a chain of certificates', () => {
  let ca: PracticeCa;
  let made: Record<string, MadeCertificate>;
  beforeAll(() => {
    ca = new PracticeCa();
    const root = ca.make({ subject: '/O=House/CN=House CA' });
    const namesake = ca.make({ subject: '/O=House/CN=House CA' });
    const stranger = ca.make({ subject: '/CN=Stranger CA' });
    const between = ca.make({
      subject: '/CN=Between',
      by: root,
      extensions: 'basicConstraints=CA:TRUE\n',
    });
    const right = ca.make({ subject: '/O=House/CN=meter-17', by: root });
    const keyIds = 'authorityKeyIdentifier=keyid\n';
    made = {
      ...{ root, namesake, stranger, between, right },
      expired: ca.make({ subject: '/CN=a', by: root, from: '20240101000000Z', to: '20250101000000Z' }),
      early: ca.make({ subject: '/CN=a', by: root, from: '20490101000000Z', to: '20550101000000Z' }),
      strange: ca.make({ subject: '/CN=meter-17', by: stranger }),
      oldStrange: ca.make({ subject: '/CN=a', by: stranger, from: '20240101000000Z', to: '20250101000000Z' }),
      forged: ca.make({ subject: '/CN=meter-17', by: namesake }),
      otherKey: ca.make({ subject: '/CN=meter-17', by: namesake, extensions: keyIds }),
      sameKey: ca.make({ subject: '/CN=meter-17', by: root, extensions: keyIds }),
      byMeter: ca.make({ subject: '/CN=meter-18', by: right }),
      forServers: ca.make({ subject: '/CN=a', by: root, extensions: 'extendedKeyUsage=serverAuth\n' }),
      forBoth: ca.make({ subject: '/CN=a', by: root, extensions: 'extendedKeyUsage=serverAuth,clientAuth\n' }),
      signsOnly: ca.make({ subject: '/CN=a', by: root, extensions: 'keyUsage=keyCertSign\n' }),
      signs: ca.make({ subject: '/CN=a', by: root, extensions: 'keyUsage=digitalSignature\n' }),
      alone: ca.make({ subject: '/CN=meter-17' }),
      deep: ca.make({ subject: '/CN=deep', by: between }),
    }; // prettier-ignore
  }, 60_000);
  afterAll(() => ca.remove());

  /** X509_V_ERR_… of openssl/x509_vfy.h */
  const numbers: Record<number, ChainError | undefined> = {
    0: undefined,
    7: 'signature',
    9: 'not-yet',
    10: 'expired',
    18: 'own-root',
    19: 'own-root',
    20: 'no-issuer',
    21: 'no-issuer',
    26: 'purpose',
    79: 'no-authority',
  };
  const ours = (name: string, purpose: 'client' | 'server', sent?: string, root = 'root') =>
    chainError(certificatesIn(made[name]!.cert)[0]!, {
      roots: certificatesIn(made[root]!.cert),
      between: certificatesIn(sent && made[sent]!.cert),
      purpose,
      now: Date.now(),
    });

  it.each([
    ['right', undefined],
    ['expired', 'expired'],
    ['early', 'not-yet'],
    ['strange', 'no-issuer'],
    ['oldStrange', 'no-issuer'],
    ['forged', 'signature'],
    ['otherKey', 'no-issuer'],
    ['sameKey', undefined],
    ['byMeter', 'no-issuer'],
    ['forServers', 'purpose'],
    ['forBoth', undefined],
    ['signsOnly', 'purpose'],
    ['signs', undefined],
    ['alone', 'own-root'],
    ['deep', 'no-issuer'],
  ] as const)('%s: %s, and openssl says so', (name, expected) => {
    expect(ours(name, 'client')).toBe(expected);
    expect(numbers[ca.verify(made[name]!, made.root!, 'sslclient')]).toBe(expected);
  });

  it('what was sent along leads to the authority, if it may sign', () => {
    expect(ours('deep', 'client', 'between')).toBeUndefined();
    expect(ca.verify(made.deep!, made.root!, 'sslclient', made.between)).toBe(0);
    expect(ours('byMeter', 'client', 'right')).toBe('no-authority');
    expect(ca.verify(made.byMeter!, made.root!, 'sslclient', made.right)).toBe(79);
  });

  it('a server’s certificate is for servers', () => {
    expect(ours('forServers', 'server')).toBeUndefined();
    expect(ca.verify(made.forServers!, made.root!, 'sslserver')).toBe(0);
  });

  it('the subject is read', () => {
    const [right] = certificatesIn(made.right!.cert);
    expect(right).toMatchObject({ commonName: 'meter-17', subjectText: 'CN=meter-17,O=House' });
    expect(certificatesIn(`${made.right!.cert}\n${made.root!.cert}`)).toHaveLength(2);
    expect(certificatesIn(made.right!.cert.slice(0, 300))).toEqual([]);
    expect(certificatesIn(made.right!.cert.replace(/M\w{40}/, 'AAAA'))).toEqual([]);
  });

  it('a key belongs to its certificate, of either kind', () => {
    const rsa = ca.make({ subject: '/CN=rsa', rsa: true });
    for (const { cert, key } of [made.right!, rsa]) expect(pairError(cert, key)).toBeUndefined();
    expect(pairError(made.right!.cert, made.strange!.key)).toBe('mismatch');
    expect(pairError(rsa.cert, made.right!.key)).toBe('mismatch');
    expect(pairError(made.right!.key, made.right!.cert)).toBe('no-start-line');
    expect(pairError('meter-17.crt', 'meter-17.key')).toBe('no-start-line');
    expect(pairError(made.right!.cert, undefined)).toBeUndefined();
  });
});

describe('a signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const key = new Uint8Array(der.subarray(-65));

  it('of Node is verified, and no other', () => {
    for (let at = 0; at < 10; at++) {
      const message = new TextEncoder().encode(`reading ${at}`);
      const signature = new Uint8Array(sign('sha256', message, privateKey));
      expect(isSignedBy(key, message, signature)).toBe(true);
      expect(isSignedBy(key, message.map((byte) => byte ^ 1), signature)).toBe(false); // prettier-ignore
      const other = signature.map((byte, index) =>
        index === signature.length - 1 ? byte ^ 1 : byte,
      );
      expect(isSignedBy(key, message, other)).toBe(false);
    }
    expect(isSignedBy(key.map((byte, at) => (at === 64 ? byte ^ 1 : byte)), new Uint8Array(), sign('sha256', new Uint8Array(), privateKey))).toBe(false); // prettier-ignore
  });
});

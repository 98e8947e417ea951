/** The certificates of the lesson are what it says of them, for as long as a course may be read. */
import { expect, test } from 'vitest';
import { given } from '../../../lessons/certificates/meters/certificates.ts';
import { certificatesIn } from './certificate.ts';
import { pairError } from './key-pair.ts';
import { shakeHands } from './handshake.ts';

const { broker, programs } = given;
const pem = { certificate: broker['certs/server.crt']!, ca: broker['ca_certificates/ca.crt'] };
const tenYears = 10 * 366 * 86_400_000;
const shakes = (name: string, now = Date.now()) =>
  shakeHands(
    { name: 'localhost', verify: true, ca: programs['ca.crt'], cert: programs[`${name}.crt`] },
    { pem, requireCertificate: true },
    now,
  );

test('each has its key', () => {
  expect(pairError(pem.certificate, broker['certs/server.key'])).toBeUndefined();
  for (const name of ['meter-17', 'meter-18', 'stranger'])
    expect(pairError(programs[`${name}.crt`], programs[`${name}.key`])).toBeUndefined();
});
test('a meter is who it is, now and in ten years', () => {
  for (const meter of ['meter-17', 'meter-18'])
    for (const now of [Date.now(), Date.now() + tenYears])
      expect(shakes(meter, now)).toEqual({
        certificate: { commonName: meter, subject: `CN=${meter}` },
      });
  expect(shakes('meter-17', Date.UTC(2057))).toMatchObject({ refusal: 'tls-server-expired' });
});
test('the stranger has the name of a meter, and another authority', () => {
  expect(certificatesIn(programs['stranger.crt'])[0]!.commonName).toBe('meter-17');
  expect(shakes('stranger')).toMatchObject({ refusal: 'tls-unknown-ca' });
});

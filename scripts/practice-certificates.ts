/**
 * Makes the certificates of the lesson `certificates` anew, by openssl: a power company's authority, its broker and
 * two meters, and a stranger with an authority of their own. They are for practice: their keys are in the repository.
 * `node scripts/practice-certificates.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PracticeCa, type MadeCertificate } from '../sandbox/testing/certificates/practice-ca.ts';

const target = fileURLToPath(
  new URL('../lessons/certificates/meters/certificates.ts', import.meta.url),
);
const dates = { from: '20260101000000Z', to: '20560101000000Z' };
const forClients = 'extendedKeyUsage=clientAuth\nauthorityKeyIdentifier=keyid\n';
const forServers =
  'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n';

const ca = new PracticeCa();
try {
  const company = ca.make({ subject: '/CN=Power Company CA', ...dates });
  const own = ca.make({ subject: "/CN=Stranger's CA", ...dates });
  const signed = (subject: string, by: MadeCertificate, extensions = forClients) =>
    ca.make({ subject, by, extensions, ...dates });
  const server = signed('/CN=localhost', company, forServers);
  const programs: Record<string, string> = { 'ca.crt': company.cert };
  for (const [name, subject, by] of [
    ['meter-17', '/CN=meter-17', company],
    ['meter-18', '/CN=meter-18', company],
    ['stranger', '/CN=meter-17', own],
  ] as const) {
    const { cert, key } = signed(subject, by);
    programs[`${name}.crt`] = cert;
    programs[`${name}.key`] = key;
  }
  const broker = {
    'ca_certificates/ca.crt': company.cert,
    'certs/server.crt': server.cert,
    'certs/server.key': server.key,
  };
  const lines = (files: Record<string, string>): string =>
    Object.entries(files)
      .map(([name, text]) => `    '${name}': \`${text}\`,\n`)
      .join('');
  writeFileSync(
    target,
    `/** For practice: made by \`node scripts/practice-certificates.ts\`, valid until 2056. */\nimport type { GivenFiles } from '../../../sandbox/protocol/exercise.ts';\n\nexport const given: GivenFiles = {\n  broker: {\n${lines(broker)}  },\n  programs: {\n${lines(programs)}  },\n};\n`,
  );
} finally {
  ca.remove();
}

/** A certificate authority for a test run, by openssl; its files stand where a room's do. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestCertificates {
  ca: Buffer;
  certificate: Buffer;
  key: Buffer;
  /** A client whose common name is `sensor`. */
  sensor: { cert: Buffer; key: Buffer };
}

export function makeCertificates(): TestCertificates {
  const directory = mkdtempSync(join(tmpdir(), 'retained-tls-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const make = (name: string, commonName: string) => {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl('req', ...curve, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', commonName);
    const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.crt`);
  };
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    openssl('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=ca');
    make('server', '/CN=localhost');
    make('sensor', '/CN=sensor');
    const read = (name: string) => readFileSync(join(directory, name));
    return {
      ca: read('ca.crt'),
      certificate: read('server.crt'),
      key: read('server.key'),
      sensor: { cert: read('sensor.crt'), key: read('sensor.key') },
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

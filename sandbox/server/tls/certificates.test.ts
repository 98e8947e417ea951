import { execFile, execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { certificates } from './certificates.ts';

const names = ['localhost'];
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'retained-tls-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('an authority that OpenSSL accepts, and a certificate for each name of the machine', async () => {
  const { cert } = await certificates(folder, ['localhost', '127.0.0.1', '::1', 'pi.local']);
  const answer = execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', join(folder, 'ca.crt'), join(folder, 'server.crt')]); // prettier-ignore
  expect(String(answer)).toContain('server.crt: OK');
  const server = new X509Certificate(cert);
  expect(server.checkHost('pi.local')).toBe('pi.local');
  expect(server.checkIP('::1')).toBe('::1');
  expect(server.checkHost('elsewhere.org')).toBeUndefined();
});

test('they outlive a restart; a new address gets a new certificate of the same authority', async () => {
  const first = await certificates(folder, ['localhost', '::1']);
  expect(await certificates(folder, ['localhost', '::1'])).toEqual(first);
  const moved = await certificates(folder, ['localhost', '::1', '10.0.0.7']);
  expect(moved.ca).toBe(first.ca);
  expect(moved.cert).not.toBe(first.cert);
  expect(new X509Certificate(moved.cert).checkIssued(new X509Certificate(moved.ca!))).toBe(true);
});

test.each(['1970-01-01T05:00:00Z', '2036-06-01T00:00:00Z'])(
  'first started when the clock said %s: valid with the right one, by the same authority',
  async (wrong) => {
    const right = Date.UTC(2026, 10, 30);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime(new Date(wrong));
      const first = await certificates(folder, names);
      vi.setSystemTime(right);
      const { ca, cert } = await certificates(folder, names);
      expect(ca).toBe(first.ca);
      for (const read of [new X509Certificate(ca!), new X509Certificate(cert)]) {
        expect(Date.parse(read.validFrom)).toBeLessThanOrEqual(right);
        expect(Date.parse(read.validTo)).toBeGreaterThan(right + 60 * 86_400_000);
      }
    } finally {
      vi.useRealTimers();
    }
  },
);

test('keys are for their owner alone', async () => {
  await certificates(folder, ['localhost']);
  for (const name of ['ca.key', 'server.key'])
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  expect(readFileSync(join(folder, 'ca.crt'), 'utf8')).not.toContain('PRIVATE');
});

test('a damaged one is an error that names the folder and says what to do', async () => {
  await certificates(folder, ['localhost']);
  writeFileSync(join(folder, 'ca.crt'), 'damaged');
  await expect(certificates(folder, ['localhost'])).rejects.toThrow(
    new RegExp(`${folder}.*Move that folder away`),
  );
});

const text = (name: string) => readFileSync(join(folder, name), 'utf8');

test.each(['', 'damaged', 'half', 'other'])(
  'a server.key that is %j is made anew',
  async (kind) => {
    const { ca } = await certificates(folder, names);
    const half = text('server.key').slice(0, 120);
    const content = kind === 'half' ? half : kind === 'other' ? text('ca.key') : kind;
    writeFileSync(join(folder, 'server.key'), content);
    const next = await certificates(folder, names);
    expect(next.ca).toBe(ca);
    const key = createPrivateKey(next.key);
    expect(new X509Certificate(next.cert).checkPrivateKey(key)).toBe(true);
  },
);

test('an authority is never made anew beside something that it signed', async () => {
  const { ca } = await certificates(folder, names);
  const caKey = text('ca.key');
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  for (const bad of [null, '', 'damaged', text('server.key')]) {
    rmSync(join(folder, 'ca.key'));
    if (bad !== null) writeFileSync(join(folder, 'ca.key'), bad);
    // The server's certificate is good for its hosts, but no other one can be made.
    expect((await certificates(folder, names)).ca).toBe(ca);
    expect(warned.mock.lastCall![0]).toContain(join(folder, 'ca.key'));
    await expect(certificates(folder, ['localhost', '10.0.0.7'])).rejects.toThrow(/Put the files back/); // prettier-ignore
    if (bad === null) writeFileSync(join(folder, 'ca.key'), '');
  }
  writeFileSync(join(folder, 'ca.key'), caKey);
  rmSync(join(folder, 'ca.crt'));
  await expect(certificates(folder, names)).rejects.toThrow(/ca\.crt is missing/);
  rmSync(join(folder, 'ca.key'));
  await expect(certificates(folder, names)).rejects.toThrow(/ca\.crt is missing/);
  expect(readdirSync(folder).toSorted()).toEqual(['server.crt', 'server.key']);
  vi.restoreAllMocks();
});

test('a folder that cannot be had is an error that says how to choose another', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(certificates(join(file, 'tls'), names)).rejects.toThrow(/ENOTDIR.*--data <folder>/);
});

test('servers that start at once have one authority, and the certificate that the files have', async () => {
  const module = new URL('./certificates.ts', import.meta.url).href;
  const script = `import { certificates } from ${JSON.stringify(module)};
    console.log(JSON.stringify(await certificates(${JSON.stringify(folder)}, ['localhost'])));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const run = promisify(execFile);
  const processes = Array.from({ length: 3 }, () => run(process.execPath, args));
  const here = Array.from({ length: 5 }, () => certificates(folder, ['localhost']));
  const elsewhere = (await Promise.all(processes)).map(
    ({ stdout }) => JSON.parse(stdout) as unknown,
  );
  const all = [...(await Promise.all(here)), ...elsewhere];
  const files = { ca: text('ca.crt'), cert: text('server.crt'), key: text('server.key') };
  expect(all).toEqual(all.map(() => files));
  expect(readdirSync(folder)).not.toContain('lock');
});

test('a start that was cut off holds up no other for long', async () => {
  const lock = join(folder, 'lock');
  writeFileSync(lock, '');
  const before = new Date(Date.now() - 60_000);
  utimesSync(lock, before, before);
  expect((await certificates(folder, ['localhost'])).ca).toBe(text('ca.crt'));
  expect(readdirSync(folder)).not.toContain('lock');
});

test('a start waits for the one that is under way', async () => {
  const lock = join(folder, 'lock');
  writeFileSync(lock, '');
  let isMade = false;
  const made = certificates(folder, ['localhost']).then(() => (isMade = true));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([isMade, readdirSync(folder)]).toEqual([false, ['lock']]);
  rmSync(lock);
  await made;
});

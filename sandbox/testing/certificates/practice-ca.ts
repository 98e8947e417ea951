/** Certificates of all kinds for tests, by openssl in a directory of their own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MadeCertificate {
  /** PEM, and where they stand. */
  cert: string;
  key: string;
  path: string;
  keyPath: string;
}
export interface MakeOptions {
  /** `/CN=meter-17` */
  subject: string;
  /** Absent: it signs itself, as an authority does. */
  by?: MadeCertificate;
  /** Of openssl's x509v3_config. */
  extensions?: string;
  /** `20240101000000Z`; absent: yesterday and in a year. */
  from?: string;
  to?: string;
  rsa?: boolean;
}

export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;

const dayMs = 86_400_000;
const zulu = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace(/\D/g, '')}Z`;

export class PracticeCa {
  readonly directory = mkdtempSync(join(tmpdir(), 'retained-ca-'));
  #count = 0;

  make({ subject, by, extensions = '', rsa = false, ...dates }: MakeOptions): MadeCertificate {
    const number = ++this.#count;
    const at = (ending: string) => join(this.directory, `${number}.${ending}`);
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const kind = rsa ? ['-newkey', 'rsa:2048'] : curve;
    this.#openssl(
      'req',
      ...kind,
      '-nodes',
      '-subj',
      subject,
      '-keyout',
      at('key'),
      '-out',
      at('csr'),
    );
    mkdirSync(at('db'));
    writeFileSync(join(at('db'), 'index'), '');
    writeFileSync(join(at('db'), 'serial'), number.toString(16).padStart(4, '0'));
    const own = 'basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\n';
    writeFileSync(
      at('cnf'),
      `[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=${at('db')}\ndatabase=${at('db')}/index\nserial=${at('db')}/serial\n` +
        `default_md=sha256\nunique_subject=no\npolicy=any\nemail_in_dn=no\n[any]\ncommonName=optional\norganizationName=optional\n` +
        `[more]\n${by ? extensions : extensions || own}`,
    );
    const { from = zulu(Date.now() - dayMs), to = zulu(Date.now() + 365 * dayMs) } = dates;
    const signer = by
      ? ['-cert', by.path, '-keyfile', by.keyPath]
      : ['-selfsign', '-keyfile', at('key')];
    const text = by && extensions === '' ? [] : ['-extensions', 'more'];
    this.#openssl('ca', '-batch', '-notext', '-config', at('cnf'), ...signer, '-startdate', from, '-enddate', to, '-preserveDN', ...text, '-in', at('csr'), '-out', at('crt')); // prettier-ignore
    const read = (path: string) => readFileSync(path, 'utf8');
    return { cert: read(at('crt')), key: read(at('key')), path: at('crt'), keyPath: at('key') };
  }

  /** The number of the error that `openssl verify` finds; 0: none. */
  verify(one: MadeCertificate, root: MadeCertificate, purpose: string, between?: MadeCertificate) {
    const more = between ? ['-untrusted', between.path] : [];
    const args = ['verify', '-purpose', purpose, '-no-CApath', '-CAfile', root.path, ...more, one.path]; // prettier-ignore
    const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    return Number(/error (\d+) at/.exec(`${stdout}${stderr}`)?.[1] ?? 0);
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'pipe' });
  }
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

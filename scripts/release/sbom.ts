/** The bill of materials as CycloneDX 1.6: what is handed on, and what built it. */
import { createHash } from 'node:crypto';
import { licenceOf } from './licences.ts';
import type { Package } from './packages.ts';

export interface Subject {
  name: string;
  version: string;
  license: string;
}

/** https://github.com/package-url/purl-spec */
const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

/** `sha512-<base64>` → what CycloneDX wants. */
function hashesOf(integrity: string): { alg: string; content: string }[] {
  const [, length, base64] = /^sha(\d+)-(\S+)/.exec(integrity) ?? [];
  return base64
    ? [{ alg: `SHA-${length}`, content: Buffer.from(base64, 'base64').toString('hex') }]
    : [];
}

/** One identifier, or an expression of several. */
const licencesOf = (text: string): object[] =>
  text === '' ? [] : [/ /.test(text) ? { expression: text } : { license: { id: text } }];

/** @param time of the version, ISO 8601: the same input gives the same file */
export function cycloneDx(subject: Subject, packages: readonly Package[], time: string): object {
  const reference = ({ path }: Package): string => path;
  const own = purlOf(subject.name, subject.version);
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: time,
      component: {
        ...{ type: 'application', 'bom-ref': own, name: subject.name, version: subject.version },
        ...{ purl: own, licenses: licencesOf(subject.license) },
      },
    },
    components: packages.map((one) => ({
      ...{ type: 'library', 'bom-ref': reference(one), name: one.name, version: one.version },
      purl: purlOf(one.name, one.version),
      // `excluded`: it is no part of what is handed on.
      scope: one.isShipped ? 'required' : 'excluded',
      hashes: hashesOf(one.integrity),
      licenses: licencesOf(licenceOf(one)),
    })),
    dependencies: [
      { ref: own, dependsOn: packages.filter(({ isShipped, path }) => isShipped && path.split('node_modules/').length === 2).map(reference) }, // prettier-ignore
      ...packages.map((one) => ({ ref: reference(one), dependsOn: one.needs })),
    ],
  };
  const digest = createHash('sha256').update(JSON.stringify(bom)).digest('hex');
  const uuid = digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-a$4-$5');
  return { ...bom, serialNumber: `urn:uuid:${uuid}` };
}

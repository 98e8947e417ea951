/** Licences go together, the bill of materials is whole, and the changelog becomes a version. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../build.ts';
import { isNewer, released, unreleased } from './changelog.ts';
import { isMet, notices, unfit } from './licences.ts';
import { lockedPackages, type Package } from './packages.ts';
import { cycloneDx } from './sbom.ts';

const packages = lockedPackages(root);
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  license: string;
  dependencies: Record<string, string>;
};
const shipped = packages.filter(({ isShipped }) => isShipped);

describe('licences', () => {
  test('of all packages of the lock file go together with that of the course', () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(shipped.length).toBeGreaterThan(40);
    expect(unfit(packages)).toEqual([]);
  });

  test('what is handed on has stricter ones than a tool', () => {
    const one: Package = { path: 'node_modules/x', name: 'x', version: '1', license: '', integrity: '', isShipped: true, needs: [] }; // prettier-ignore
    const states = (license: string) =>
      [true, false].map((isShipped) => unfit([{ ...one, license, isShipped }]).length === 0);
    expect(states('MIT')).toEqual([true, true]);
    expect(states('MPL-2.0')).toEqual([false, true]);
    expect(states('GPL-3.0-only')).toEqual([false, false]);
    expect(states('')).toEqual([false, false]);
    expect(states('SEE LICENSE IN x')).toEqual([false, false]);
  });

  test.each([
    ['A', true],
    ['X', false],
    ['A AND X', false],
    ['X OR A', true],
    ['(X OR A) AND B', true],
    ['X OR A AND X', false],
    ['A AND (X OR X)', false],
    ['A B', false],
    ['(A', false],
    ['', false],
  ])('%s: %s', (expression, met) => {
    expect(isMet(expression, new Set(['A', 'B']))).toBe(met);
  });

  test('the notices name everything that is handed on, with a text', () => {
    const text = notices(root, packages);
    for (const { name, version } of shipped) expect(text).toContain(`${name} ${version}\n`);
    expect(text).toContain('Permission is hereby granted');
    // A package that other systems need is not installed here.
    expect(text.match(/the package has no text of it/g)?.length ?? 0).toBeLessThan(8);
  });

  test('code of every package that pages and server import is handed on', () => {
    const names = new Set(shipped.map(({ name }) => name));
    const missing = Object.keys(own.dependencies).filter((name) => !names.has(name));
    // What reads lessons and makes pages; none of it is in them.
    const tools = ['@astrojs/mdx', 'astro', 'remark-mdx', 'remark-parse', 'unified', 'vite'];
    expect(missing.sort()).toEqual(tools);
  });
});

describe('the bill of materials', () => {
  interface Bom {
    serialNumber: string;
    components: { 'bom-ref': string; purl: string; scope: string; hashes: { content: string }[]; licenses: object[] }[]; // prettier-ignore
    dependencies: { ref: string; dependsOn: string[] }[];
  }
  const make = () => cycloneDx(own, packages, '2026-01-01T00:00:00Z') as Bom;
  const bom = make();

  test('has each package once, with its sum, its licence and what it needs', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const references = bom.components.map((one) => one['bom-ref']);
    expect(new Set(references).size).toBe(packages.length);
    for (const one of bom.components) {
      expect(one.purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d/);
      expect(one.hashes[0]?.content).toMatch(/^[0-9a-f]{40,128}$/);
      expect(one.licenses).toHaveLength(1);
    }
    const known = new Set(references);
    for (const { dependsOn } of bom.dependencies)
      for (const one of dependsOn) expect(known).toContain(one);
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/); // prettier-ignore
  });

  test('is the same each time', () => {
    expect(make()).toEqual(bom);
  });
});

describe('the changelog', () => {
  const before =
    '# Changelog\n\n## Unreleased\n\n### Added\n\n- A\n\n## 0.1.0 - 2025-01-01\n\n- B\n';
  test('gets a version with what was unreleased', () => {
    expect(unreleased(before)).toBe('### Added\n\n- A');
    const after = released(before, '0.2.0', '2026-01-31');
    expect(after).toBe('# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-01-31\n\n### Added\n\n- A\n\n## 0.1.0 - 2025-01-01\n\n- B\n'); // prettier-ignore
    expect(() => released(after, '0.3.0', '2026-02-01')).toThrow('nothing to release');
  });
  test('the course’s own can be released', () => {
    const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    expect(unreleased(released(text, '9.9.9', '2026-01-31'))).toBe('');
  });
  test.each([
    ['0.1.1', '0.1.0', true],
    ['0.2.0', '0.10.0', false],
    ['1.0.0', '0.99.99', true],
    ['0.1.0', '0.1.0', false],
    ['v1.0.0', '0.1.0', false],
    ['1.0', '0.1.0', false],
    ['1.0.0-rc.1', '0.1.0', false],
  ])('%s after %s: %s', (version, than, newer) => {
    expect(isNewer(version, than)).toBe(newer);
  });
});

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { staticSample, staticSpecs } from './static-specs.ts';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.spec.ts'));
const patternOf = (glob: string) =>
  new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);

test.each(staticSpecs)('%s finds tests', (glob) => {
  expect(files.filter((file) => patternOf(glob).test(file))).not.toEqual([]);
});

test.each(staticSample)('%s is there, and part of the whole', (path) => {
  const file = path.replace(/^e2e\//, '');
  expect(files).toContain(file);
  expect(staticSpecs.filter((glob) => patternOf(glob).test(file))).not.toEqual([]);
});

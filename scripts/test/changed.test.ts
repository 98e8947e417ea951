import { expect, it } from 'vitest';
import { reachOf } from './changed.ts';

const all = ['lock file', 'format', 'lint', 'types', 'build', 'types of pages', 'unit', 'lessons', 'end to end']; // prettier-ignore
const checks = ['format', 'lint', 'types', 'build', 'types of pages', 'unit'];

it.each([
  [[], [], []],
  [['README.md'], ['format'], []],
  [['scripts/stale.ts'], checks, []],
  [['src/components/layout/Header.astro'], [...checks, 'end to end'], []],
  [['sandbox/line/line.ts'], [...checks, 'lessons', 'end to end'], []],
  [['lessons/retained/en.mdx'], [...checks, 'lessons', 'end to end'], ['retained']],
  [['lessons/retained/en.mdx', 'sandbox/mqtt/packet.ts'], [...checks, 'lessons', 'end to end'], []],
  [['package-lock.json'], all, []],
])('%j', (files, steps, lessons) => {
  expect(reachOf(files, all)).toEqual({ steps, lessons });
});

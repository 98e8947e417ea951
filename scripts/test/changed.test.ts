import { expect, it } from 'vitest';
import { reachOf } from './changed.ts';

const all = ['lock file', 'format', 'lint', 'types', 'build', 'types of pages', 'unit', 'lessons', 'end to end', 'end to end, static host']; // prettier-ignore
const checks = ['format', 'lint', 'types', 'build', 'types of pages', 'unit'];
const inBrowser = ['end to end', 'end to end, static host'];

it.each([
  [[], [], []],
  [['README.md'], ['format'], []],
  [['scripts/stale.ts'], checks, []],
  [['src/components/layout/Header.astro'], [...checks, ...inBrowser], []],
  [['sandbox/line/line.ts'], [...checks, 'lessons', ...inBrowser], []],
  [['lessons/retained/en.mdx'], [...checks, 'lessons', ...inBrowser], ['retained']],
  [['lessons/retained/en.mdx', 'sandbox/mqtt/packet.ts'], [...checks, 'lessons', ...inBrowser], []],
  [['package-lock.json'], all, []],
])('%j', (files, steps, lessons) => {
  expect(reachOf(files, all)).toEqual({ steps, lessons });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { launchOptions } from './browser.ts';

it('switches off all that the installed Playwright does', () => {
  const path = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const source = readFileSync(join(path, 'lib/coreBundle.js'), 'utf8');
  const list = /\bdisabledFeatures = \[([^\]]+)\]/.exec(source)?.[1] ?? '';
  const theirs = [...list.matchAll(/^\s*"(\w+)"/gm)].map(([, name]) => name!);
  expect(theirs.length).toBeGreaterThan(10);
  const flag = launchOptions().args?.find((arg) => arg.startsWith('--disable-features='));
  expect(flag?.split('=')[1]?.split(',')).toEqual(expect.arrayContaining(theirs));
});

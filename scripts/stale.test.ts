import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildIfStale, type Built } from './stale.ts';

let root: string;
let thing: Built;
const write = (path: string, text: string) => writeFileSync(join(root, path), text);
const build = async () => write('out', 'built');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'retained-stale-'));
  mkdirSync(join(root, 'in/skipped'), { recursive: true });
  write('in/a', '1');
  thing = { root, inputs: ['in', 'none'], without: ['in/skipped'], output: 'out', stamp: 's/out' };
});
afterEach(() => rmSync(root, { recursive: true }));

it('builds once, and again when an input changes, appears or goes', async () => {
  expect(await buildIfStale(thing, build)).toBe(true);
  expect(await buildIfStale(thing, build)).toBe(false);
  write('in/a', '2');
  expect(await buildIfStale(thing, build)).toBe(true);
  write('in/b', '');
  expect(await buildIfStale(thing, build)).toBe(true);
  rmSync(join(root, 'in/b'));
  expect(await buildIfStale(thing, build)).toBe(true);
  write('in/skipped/c', 'x');
  expect(await buildIfStale(thing, build)).toBe(false);
});

it('builds again when a variable that goes into it has another value', async () => {
  const one = { ...thing, environment: ['RETAINED_TEST_STALE'] };
  await buildIfStale(one, build);
  expect(await buildIfStale(one, build)).toBe(false);
  process.env['RETAINED_TEST_STALE'] = 'x';
  expect(await buildIfStale(one, build)).toBe(true);
  delete process.env['RETAINED_TEST_STALE'];
});

it('builds again when the output is gone', async () => {
  await buildIfStale(thing, build);
  rmSync(join(root, 'out'));
  expect(await buildIfStale(thing, build)).toBe(true);
});

it('builds again after a build that failed, and after an edit during the build', async () => {
  await buildIfStale(thing, build);
  write('in/a', '2');
  await expect(buildIfStale(thing, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const editing = async () => (await build(), write('in/a', '3'));
  expect(await buildIfStale(thing, editing)).toBe(true);
  expect(await buildIfStale(thing, build)).toBe(true);
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { course } from '../../lessons/course.ts';
import proved from '../../lessons/proved.json' with { type: 'json' };
import { digestOf, programsOf, proofOf, recorded, textOf, type Proofs } from './proved.ts';

const lessons = fileURLToPath(new URL('../../lessons/', import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function copyOf(slug: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'retained-proved-'));
  folders.push(folder);
  cpSync(join(lessons, slug), folder, { recursive: true });
  return folder;
}

const digest = 'aaaaaaaaaaaa';
const js = 'MQTT.js 5.16.0';

test('the digest is of the files: another word, another name, another file make another', () => {
  const folder = copyOf('retained');
  const before = digestOf(folder);
  expect(before).toMatch(/^[0-9a-f]{12}$/);
  expect(digestOf(join(lessons, 'retained'))).toBe(before);
  writeFileSync(join(folder, 'haunted-door', 'trials.txt'), 'not read by the check');
  expect(digestOf(folder)).toBe(before);
  writeFileSync(join(folder, 'more.txt'), '');
  const more = digestOf(folder);
  expect(more).not.toBe(before);
  rmSync(join(folder, 'more.txt'));
  const page = join(folder, 'en.mdx');
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, text.replaceAll('\n', '\r\n'));
  expect(digestOf(folder), 'the lines of Windows').toBe(before);
  writeFileSync(page, `${text} `);
  expect(digestOf(folder)).not.toBe(before);
});

test('an entry of other files is stale, and a program that did not run has none', () => {
  const own = { [js]: `2026-11-30 ${digest}` };
  expect(proofOf(own, js, digest)).toEqual({ day: '2026-11-30', stale: false });
  expect(proofOf(own, js, 'bbbbbbbbbbbb')).toEqual({ day: '2026-11-30', stale: true });
  expect(proofOf(own, 'Mosquitto 2.1.2', digest)).toBeUndefined();
  expect(proofOf(undefined, js, digest)).toBeUndefined();
  expect(() => proofOf({ [js]: 'yesterday' }, js, digest)).toThrow('yesterday');
});

test('only what ran is recorded; the rest stays as it was', () => {
  const before = { [js]: `2026-10-01 bbbbbbbbbbbb`, 'Mosquitto 2.0.11': `2026-10-01 bbbbbbbbbbbb` };
  expect(recorded(before, digest, [js], '2026-11-30')).toEqual({
    [js]: `2026-11-30 ${digest}`,
    'Mosquitto 2.0.11': `2026-10-01 bbbbbbbbbbbb`,
  });
  expect(recorded(undefined, digest, [], '2026-11-30')).toEqual({});
});

test('the same files proved again change the day after a month, and nothing before', () => {
  const before = { [js]: `2026-11-01 ${digest}` };
  expect(recorded(before, digest, [js], '2026-11-30')).toEqual(before);
  expect(recorded(before, digest, [js], '2026-12-01')).toEqual({ [js]: `2026-12-01 ${digest}` });
});

test('versions stand in their order, and the text is the same however it came about', () => {
  const entry = `2026-11-30 ${digest}`;
  const own = recorded(
    undefined,
    digest,
    ['Mosquitto 2.0.11', 'Mosquitto 2.0.9', js],
    '2026-11-30',
  );
  expect(Object.keys(own)).toEqual(['Mosquitto 2.0.9', 'Mosquitto 2.0.11', js]);
  const other = { b: own, a: { [js]: entry }, c: {} };
  expect(textOf(other)).toBe(textOf({ a: { [js]: entry }, b: own }));
  expect(programsOf(other)).toEqual(['Mosquitto 2.0.9', 'Mosquitto 2.0.11', js]);
});

test('the file is as it is written: written lessons only, every entry readable', () => {
  const text = readFileSync(join(lessons, 'proved.json'), 'utf8');
  expect(text).toBe(textOf(proved as Proofs));
  const written = course
    .flatMap((part) => part.lessons)
    .filter(({ status }) => status === 'written')
    .map(({ id }) => id);
  for (const [slug, own] of Object.entries(proved as Proofs)) {
    expect(written).toContain(slug);
    for (const program of Object.keys(own)) proofOf(own, program, digest);
  }
});

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf } from '../../src/site/proved.ts';
import { record, readProofs } from './record.ts';
import { Findings } from './report.ts';

const lessons = fileURLToPath(new URL('../../lessons/', import.meta.url));
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'retained-record-'));
  for (const slug of ['retained', 'wildcards']) {
    mkdirSync(join(root, slug));
    cpSync(join(lessons, slug, 'en.mdx'), join(root, slug, 'en.mdx'));
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const found = (...programs: string[]): Findings => {
  const findings = new Findings();
  for (const program of programs) findings.proved.add(program);
  return findings;
};
const written = new Set(['retained', 'wildcards']);

test('what ran stands in the file, with the day and the lesson’s digest', () => {
  record(root, new Map([['retained', found('MQTT.js 5.16.0')]]), written, '2026-11-30');
  const of = digestOf(join(root, 'retained'));
  expect(readProofs(root)).toEqual({ retained: { 'MQTT.js 5.16.0': `2026-11-30 ${of}` } });
});

test('a lesson that failed is not recorded, and one that was not asked for stays', () => {
  record(root, new Map([['retained', found('MQTT.js 5.16.0')]]), written, '2026-11-30');
  const before = readFileSync(join(root, 'proved.json'), 'utf8');
  const failed = found('Mosquitto 2.1.2', 'MQTT.js 5.16.0');
  failed.failed('wildcards', 'does not pass');
  record(root, new Map([['wildcards', failed]]), written, '2027-01-30');
  expect(readFileSync(join(root, 'proved.json'), 'utf8')).toBe(before);
});

test('a lesson that the course no longer has loses its entries', () => {
  record(root, new Map([['retained', found('MQTT.js 5.16.0')]]), written, '2026-11-30');
  record(root, new Map(), new Set(['wildcards']), '2026-11-30');
  expect(readProofs(root)).toEqual({});
});

test('what a part of a run has proved is the run’s, whatever else it found', () => {
  const all = new Findings();
  all.add(found('Mosquitto 2.0.11'));
  all.add(found('Mosquitto 2.1.2'));
  expect([...all.proved]).toEqual(['Mosquitto 2.0.11', 'Mosquitto 2.1.2']);
});

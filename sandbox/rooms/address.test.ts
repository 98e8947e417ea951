import { describe, expect, test } from 'vitest';
import {
  parseAddress,
  processOf,
  randomCode,
  randomKey,
  sameKey,
  resemblesAddress,
} from './address.ts';

test('an address is a code that people can say and a key of ten letters', () => {
  for (let i = 0; i < 1000; i++) {
    const code = randomCode();
    const key = randomKey();
    expect(key).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
    expect(parseAddress(`${code}-${key}`)).toEqual({ code, key });
  }
});

test('all 32 letters of a key occur: five bits each', () => {
  const letters = new Set(Array.from({ length: 400 }, randomKey).join(''));
  expect(letters.size).toBe(32);
});

describe('what is no address', () => {
  const cases = [
    '',
    'brave-otter',
    'brave-otter-',
    'brave-otter-short',
    '../etc-passwd-x7k2m9q4wd',
  ];
  test.each([...cases, 'a'.repeat(100_000)])('%#', (address) => {
    expect(parseAddress(address)).toBeNull();
  });
});

test.each([
  ['brave-otter-2', 2],
  ['brave-otter-99', 99],
  ...['brave-otter', 'brave-otter-0', 'brave-otter-02', 'brave-otter-100'].map(
    (code) => [code, null] as const,
  ),
] as const)('the process that has %s: %s', (code, process) => {
  expect(processOf(code)).toBe(process);
});

test('letter case is forgiven', () => {
  expect(parseAddress('Brave-Otter-X7K2M9Q4WD')).toEqual({
    code: 'brave-otter',
    key: 'x7k2m9q4wd',
  });
});

test('two keys are compared to the end wherever they differ, so that the time reveals nothing', () => {
  const reads = (key: string): number => {
    let count = 0;
    const watched = {
      length: key.length,
      charCodeAt: (at: number) => (count++, key.charCodeAt(at)),
    };
    sameKey(watched as unknown as string, 'x7k2m9q4wd');
    return count;
  };
  for (const key of ['x7k2m9q4wd', '07k2m9q4wd', 'x7k2m9q4w0', '', '0000000000'])
    expect(reads(key)).toBe(10);
});

test('keys are the same only where every letter is', () => {
  expect(sameKey('x7k2m9q4wd', 'x7k2m9q4wd')).toBe(true);
  expect(sameKey('x7k2m9q4wd', 'x7k2m9q4we')).toBe(false);
  expect(sameKey('y7k2m9q4wd', 'x7k2m9q4wd')).toBe(false);
  expect(sameKey('', 'x7k2m9q4wd')).toBe(false);
});

test('spaces around an address are forgiven', () => {
  expect(parseAddress(' brave-otter-x7k2m9q4wd\n')).toEqual({ code: 'brave-otter', key: 'x7k2m9q4wd' }); // prettier-ignore
});

test.each([
  'brave-otter-x7k2m9q4w',
  'brave-otter-x7k2m9q4wdd',
  'brave-otter',
  'brave-otter-',
  'Brave Otter',
  'brave_otter_x7k2m9q4wd',
  'brave-otterx7k2m9q4wd',
  'brave-oter-x7k2m9q4w',
  'brve-otter-x7k2m9q4w',
  'brave-otter-2-x7k2m9q4',
  'mqtt://brave-otter-x7k2m9q4wd'.slice(7, -2),
])('%j is meant as an address', (text) => expect(resemblesAddress(text)).toBe(true));

test.each([
  ...['', 'pico', 'esp32-a1b2c3d4e5', 'my-esp32-a1b2c3d4', 'alice@example.org'],
  ...['brave', 'otter', 'home-assistant', 'node-red', 'clear-text'],
])('%j is a name of its own', (text) => expect(resemblesAddress(text)).toBe(false));

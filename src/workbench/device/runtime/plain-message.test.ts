import { expect, test } from 'vitest';
import type { FromDevice } from '../messages.ts';
import { plainMessage } from './plain-message.ts';

test.each<FromDevice>([
  { type: 'console', level: 'log', text: 'x', at: 1 },
  { type: 'open-line', id: 1, target: { port: 1883, protocol: 'mqtt' } },
  {
    type: 'open-line',
    id: 1,
    target: { port: 8883, protocol: 'mqtt' },
    tls: { name: 'localhost', verify: true, ca: 'PEM', cert: 'PEM' },
  },
  { type: 'face', id: 1, kind: 'gauge', name: 'g', options: { min: 0, max: 1, unit: '%' } },
  { type: 'face-value', id: 1, value: [1, 2, 3] },
  { type: 'failed', message: 'x', line: 1, column: 2 },
  { type: 'ended' },
])('every message of the contract passes as it is: $type', (message) => {
  expect({ ...(plainMessage(message) as object) }).toEqual(message);
});
test('nothing that costs the page time to take in leaves the worker', () => {
  const deep = { type: 'face', options: { unit: { a: { b: 1 } } } };
  expect(JSON.stringify(plainMessage(deep))).toBe('{"type":"face","options":{}}');
  const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]));
  expect(Object.keys(plainMessage(wide) as object)).toHaveLength(8);
  expect(plainMessage(new Array(1e6).fill(1))).toHaveLength(240);
  expect(plainMessage({ text: 'x'.repeat(9_000) })).toEqual({});
  expect(plainMessage({ value: new Uint8Array(1e6) })).toMatchObject({});
});

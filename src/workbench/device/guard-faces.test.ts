import { expect, test } from 'vitest';
import { readFromDevice } from './guard.ts';
import { MAX_FACES } from './guard-faces.ts';

const face = { type: 'face', id: 1, kind: 'gauge', name: 'Speed', options: {} };

test('a face is read with what it may have, and nothing else', () => {
  const options = { min: 0, max: 120, unit: 'km/h', html: '<b>', __proto__: { x: 1 } };
  expect(readFromDevice({ ...face, options })).toEqual({
    ...face,
    options: { min: 0, max: 120, unit: 'km/h' },
  });
  const long = readFromDevice({
    ...face,
    name: 'x'.repeat(999),
    options: { unit: 'y'.repeat(99) },
  });
  expect(long).toEqual({ ...face, name: 'x'.repeat(60), options: { unit: 'y'.repeat(12) } });
});

test.each([
  { min: 5, max: 5 },
  { min: 9, max: 1 },
  { min: NaN, max: 1 },
  { min: 0, max: Infinity },
  { min: '0', max: 1 },
  { max: 1 },
])('a scale that is none is left out: %j', (options) => {
  expect(readFromDevice({ ...face, options })).toEqual(face);
});

test.each([
  { ...face, kind: 'script' },
  { ...face, kind: 'constructor' },
  { ...face, id: 0 },
  { ...face, id: MAX_FACES + 1 },
  { ...face, id: 1.5 },
  { ...face, name: ['x'] },
  { type: 'face-value', id: 1, value: NaN },
  { type: 'face-value', id: 1, value: 1e300 },
  { type: 'face-value', id: 1, value: { length: 3 } },
  { type: 'face-value', id: '1', value: 1 },
])('no face: %j', (message) => {
  expect(readFromDevice(message)).toBeNull();
});

test('values are bounded: a text, the newest points of a chart', () => {
  const value = (given: unknown) =>
    (readFromDevice({ type: 'face-value', id: 1, value: given }) as { value: unknown }).value;
  expect(value('x'.repeat(9_999))).toHaveLength(300);
  expect(value([1, NaN, '2', null, 3])).toEqual([1, 3]);
  expect(value(Array.from({ length: 10_000 }, (_, i) => i))).toHaveLength(240);
  expect(value(-0.5)).toBe(-0.5);
});

test.each([
  { type: 'constructor' },
  { type: '__proto__' },
  { type: ['alive'] },
  { type: 'console', level: 'constructor', text: '' },
  { type: 'console', level: 'log', text: ['x'] },
  { type: 'open-line', id: NaN },
  { type: 'mapped', url: new String('x') },
  { type: 'failed' },
])('no message: %j', (message) => {
  expect(readFromDevice(message)).toBeNull();
});

test('nothing gets through that its schema does not name, and odd values become the usual ones', () => {
  const odd = { port: NaN, protocol: 'toString', host: 'evil?x=1' };
  expect(readFromDevice({ type: 'open-line', id: 1, target: odd, x: 1 })).toEqual({
    type: 'open-line',
    id: 1,
    target: { port: 1883, protocol: 'mqtt' },
  });
  expect(readFromDevice({ type: 'open-line', id: 1, target: 'x' })).toHaveProperty('target.port', 1883); // prettier-ignore
  const said = readFromDevice({ type: 'console', level: 'log', text: 'x'.repeat(1e6), at: NaN });
  expect(said).toMatchObject({ text: 'x'.repeat(8192), at: expect.any(Number) });
  expect(Object.keys(readFromDevice({ type: 'alive', __proto__: { x: 1 }, y: 1 })!)).toEqual(['type']); // prettier-ignore
});

test('of a chart of ten million points only the newest are read', () => {
  let reads = 0;
  const value = new Proxy(new Array<number>(10_000_000).fill(1), {
    get(points, key) {
      reads += 1;
      return Reflect.get(points, key) as unknown;
    },
  });
  expect(readFromDevice({ type: 'face-value', id: 1, value })).toHaveProperty('value.length', 240);
  expect(reads).toBeLessThan(1000);
});

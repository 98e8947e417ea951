import { expect, test } from 'vitest';
import { chart, polyline } from './chart.ts';
import { acceptNumber, shareOf, shortNumber, withUnit } from './face.ts';

test.each([
  [21.5, '°C', '21.5 °C'],
  [80, '%', '80%'],
  [7, undefined, '7'],
  [0.1 + 0.2, 'V', '0.3 V'],
  [123_456.789, 'lx', '123500 lx'],
  [-0.000_012_34, '', '-0.00001234'],
])('%d %s is shown as %s', (value, unit, shown) => {
  expect(withUnit(value, unit)).toBe(shown);
});

test('a number never fills a screen', () => {
  for (const value of [1e12, 1 / 3, -1e-9, 9_999_999, 2 ** 39]) {
    expect(shortNumber(value).length).toBeLessThan(14);
  }
});

test('a hand stays on its scale', () => {
  expect([-5, 0, 25, 100, 1e9].map((value) => shareOf(value, 0, 100))).toEqual([0, 0, 0.25, 1, 1]);
});

test('a line fills its box; one value, and values all the same, lie in the middle', () => {
  expect(polyline([0, 10, 5], 100, 44)).toBe('0,42 50,2 100,22');
  expect(polyline([7], 100, 44)).toBe('0,22');
  expect(polyline([7, 7], 100, 44)).toBe('0,22 100,22');
});

test('a value of a type that a face has no use for changes nothing', () => {
  expect([acceptNumber('text', 1), acceptNumber([2], 1), acceptNumber(2, 1)]).toEqual([1, 1, 2]);
  expect(chart.accept('text', [1])).toEqual([1]);
});

test('a chart keeps its newest points', () => {
  expect(chart.accept(3, chart.accept([1, 2], undefined))).toEqual([1, 2, 3]);
  const many = Array.from({ length: 130 }, (_, i) => i);
  expect(chart.accept(many, [-1])).toEqual(many.slice(10));
});

import { format as nodeFormat } from 'node:util';
import { describe, expect, it } from 'vitest';
import { format } from './format.ts';
import { MAX_TEXT } from '../fit-text.ts';

class Reading {
  celsius = 21.5;
}
const circle: Record<string, unknown> = { name: 'c' };
circle['self'] = circle;

/** Where ours must print what Node prints. */
const CASES: [string, unknown[]][] = [
  ['nothing', []],
  ['words', ['hello', 'mqtt', 1, true, null, undefined]],
  ['numbers', [-0, 1n, NaN, 0.1]],
  ['an object', [{ a: 1, b: 'two', c: [1, 2, 3], 'd-e': { f: null } }]],
  [
    'a long object',
    [{ topic: 'home/livingroom/temperature', payload: 'x'.repeat(40), qos: 1, retain: false }],
  ],
  ['depth', [{ a: { b: { c: { d: 1 } } } }]],
  ['a nested array', [[1, [2, [3, [4, [5]]]]]]],
  ['an instance', [new Reading()]],
  ['a map and a set', [new Map([['a', 1]]), new Set(['x', 2])]],
  ['bytes', [Buffer.from('hi'), new Uint8Array([1, 2])]],
  ['many bytes', [Buffer.alloc(60, 7)]],
  ['a date', [new Date(0)]],
  ['a pattern', [/a+/g]],
  ['a symbol', [Symbol('s')]],
  ['functions', [function named() {}, () => {}, class Lamp {}]],
  ['quotes', [["it's", 'say "x"', 'a\nb']]],
  [
    '%s %d %i %f %j %%',
    ['%s|%d|%i|%f|%j|%%|%s', 'text', '42', 4.9, '1.5', { a: 1 }, 'rest', 'more'],
  ],
  [
    '%s of objects',
    ['%s %s %s %s', Buffer.from('hi'), { a: { b: 1 } }, [1, [2]], { toString: () => 'own' }],
  ],
  ['%s of the rest', ['%s %s %s', null, 5n, Symbol('s')]],
  ['%o of plain', ['%O', { a: 1 }]],
  ['a lonely %s', ['100%s']],
  ['empty', [{}, [], new Map(), '']],
  [
    'a getter',
    [
      {
        get a() {
          return 1;
        },
      },
    ],
  ],
  ['null prototype', [Object.create(null)]],
  ['a long list', [Array.from({ length: 120 }, (_, i) => i % 2)]],
];

describe('format', () => {
  it.each(CASES.filter(([name]) => name !== 'a long list' && name !== 'a long object'))(
    'prints %s as Node does',
    (_name, values) => {
      expect(format(values)).toBe(nodeFormat(...(values as [unknown])));
    },
  );

  it('breaks a long object over lines', () => {
    expect(format(CASES.find(([name]) => name === 'a long object')?.[1] ?? [])).toBe(
      `{\n  topic: 'home/livingroom/temperature',\n  payload: '${'x'.repeat(40)}',\n  qos: 1,\n  retain: false\n}`,
    );
  });

  it('says where it goes round, and how much it left out', () => {
    expect(format([circle])).toBe(`{ name: 'c', self: [Circular *1] }`);
    expect(format([Array.from({ length: 120 }, () => 0)])).toMatch(/\.\.\. 20 more items\n\]$/);
  });

  it('shows an error with its stack and its own fields', () => {
    const text = format([Object.assign(new TypeError('bad'), { code: 'EX' })]);
    expect(text).toMatch(/^TypeError: bad\n {4}at [^]*\{\n {2}code: 'EX'\n\}$/);
  });

  it('stays bounded and whole, whatever it is given', () => {
    const nasty = [
      'x'.repeat(1e6),
      Array.from({ length: 1000 }, () => 'y'.repeat(1e4)),
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
          getPrototypeOf: () => {
            throw new Error('no');
          },
        },
      ),
      {
        toString: () => {
          throw new Error('no');
        },
        get x(): never {
          throw new Error('no');
        },
      },
      Object.defineProperty(new Error('e'), 'message', {
        get: () => {
          throw new Error('no');
        },
      }),
      new Map([
        [
          {},
          new Proxy([], {
            get: () => {
              throw new Error('no');
            },
          }),
        ],
      ]),
    ];
    for (const value of nasty) expect(format([value]).length).toBeLessThanOrEqual(MAX_TEXT);
    expect(format(['%s%d%j', Symbol('a'), Symbol('b'), circle]).length).toBeLessThan(100);
  });
});

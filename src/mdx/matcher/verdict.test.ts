import { expect, test } from 'vitest';
import { faultOf, verdictOf } from './verdict.ts';

test.each([
  ['', 'empty'],
  ['home/#/temperature', 'hash'],
  ['home#', 'hash'],
  ['home/temp+', 'plus'],
  ['home/+', undefined],
  ['#', undefined],
  ['/', undefined],
])('%j: %s', (filter, fault) => expect(faultOf(filter)).toBe(fault));

test.each([
  ['home/+/temperature', 'home/kitchen/temperature', { matches: true }],
  ['garden/#', 'garden', { matches: true }],
  ['home/+', 'home/kitchen/light', { matches: false, why: 'longer', values: { level: 2 } }],
  ['home/+', 'home', { matches: false, why: 'shorter', values: { level: 1 } }],
  ['#', '$SYS/broker/version', { matches: false, why: 'dollar', values: {} }],
  ['+/broker/version', '$SYS/broker/version', { matches: false, why: 'dollar', values: {} }],
  ['$SYS/#', '$SYS/broker/version', { matches: true }],
  [
    'Home/#',
    'home/kitchen',
    { matches: false, why: 'differs', values: { level: 1, wanted: 'Home', found: 'home' } },
  ],
  [
    '/home/+',
    'home/kitchen',
    { matches: false, why: 'differs', values: { level: 1, wanted: '', found: 'home' } },
  ],
])('%s on %s', (filter, topic, verdict) => expect(verdictOf(filter, topic)).toEqual(verdict));

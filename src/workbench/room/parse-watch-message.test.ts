import { expect, test } from 'vitest';
import { watchMessageOf } from './parse-watch-message.ts';

test.each([
  { type: 'welcome', run: 1, exercise: 'a/b', missing: 0 },
  {
    type: 'checks',
    run: 2,
    results: [{ id: 'c', state: 'not-yet', hint: { id: 'h', values: { topic: 'x' } } }],
  },
  { type: 'missing', run: 2, from: 1, count: 5 },
  { type: 'failed', id: 3, error: 'no-client', message: '' },
])('$type is heard', (message) => {
  expect(watchMessageOf(JSON.stringify(message))).toEqual(message);
});

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['null', 'null'],
  ['a type that nobody knows', '{"type":"constructor"}'],
  ['a run that is no number', '{"type":"reset","run":"1"}'],
  ['results that are none', '{"type":"checks","run":1,"results":{}}'],
  ['a state that is none', '{"type":"checks","run":1,"results":[{"id":"a","state":"yes"}]}'],
  [
    'a hint without values',
    '{"type":"checks","run":1,"results":[{"id":"a","state":"true","hint":{"id":"h"}}]}',
  ],
])('%s is not', (_, text) => {
  expect(watchMessageOf(text)).toBeUndefined();
});

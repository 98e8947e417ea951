import { expect, test } from 'vitest';
import { guardedStore } from '../store/drafts.ts';
import { KeptOutcomes } from './kept-outcomes.ts';

function makeStore() {
  return guardedStore(() => {
    throw new Error('no store');
  });
}

test('an outcome is kept by lesson and prediction', () => {
  const store = makeStore();
  new KeptOutcomes(store, 'qos-1').save('total', { answer: 2, values: { total: 17 } });
  expect(new KeptOutcomes(store, 'qos-1').load('total')).toEqual({
    answer: 2,
    values: { total: 17 },
  });
  expect(new KeptOutcomes(store, 'qos-2').load('total')).toBeUndefined();
});

test.each([
  '',
  '{}',
  '{"answer":-1}',
  '{"answer":1,"values":{"a":{}}}',
  `{"answer":1,"values":{"a":"${'x'.repeat(201)}"}}`,
])('what is no outcome is not read: %s', (text) => {
  const store = makeStore();
  store.setItem('retained:outcome:a/b', text);
  expect(new KeptOutcomes(store, 'a').load('b')).toBeUndefined();
});

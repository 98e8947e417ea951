import { expect, test } from 'vitest';
import { judge } from './judge.ts';

const entries = [{ n: 1, at: 1500, type: 'limit' }] as never;

test('a proof is asked for only once all checks hold', () => {
  const exercise = {
    proof: ({ entries }: { entries: readonly unknown[] }) => ({ count: entries.length }),
  };
  expect(judge(exercise, entries, false).proof).toBeUndefined();
  expect(judge(exercise, entries, true).proof).toEqual({ count: 1 });
  expect(judge({}, entries, true).proof).toEqual({});
});

test('what the trace no longer has is not proved, and nothing else fails with it', () => {
  const exercise = {
    proof: () => [].at(0)!['gone'] as never,
    predictions: [
      { id: 'state', measure: (view: { state: unknown }) => view.state as never },
      { id: 'open', measure: () => undefined },
      { id: 'seen', measure: () => ({ answer: 1, values: { at: '1.500' } }) },
    ],
  };
  expect(judge(exercise, entries, true)).toEqual({
    proof: undefined,
    outcomes: { seen: { answer: 1, values: { at: '1.500' } } },
  });
});

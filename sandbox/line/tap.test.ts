import { expect, test } from 'vitest';
import { limitValues } from '../shared/config.ts';
import { Tap } from './tap.ts';
import type { NewEntry } from '../protocol/trace.ts';

test('a limit that bites often is noted once, and another beside it', () => {
  const entries: NewEntry[] = [];
  const host = { limits: limitValues(), append: (entry: NewEntry) => entries.push(entry) };
  const tap = new Tap(host, 1, { version: 4 });
  for (let n = 0; n < 5; n++) tap.limit('packetsPerSecond', 'paused');
  tap.limit('topicBytes', 'closed');
  expect(entries).toMatchObject([{ limit: 'packetsPerSecond' }, { limit: 'topicBytes' }]);
});

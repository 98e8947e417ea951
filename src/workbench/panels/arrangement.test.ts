import { expect, test } from 'vitest';
import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import { Arrangement } from './arrangement.ts';

const open: PanelName[] = ['output', 'stage', 'packets'];

test('what stands beside the tabs is none; the output is a tab then, and does not come instead of it', () => {
  const docks: { beside: PanelName | undefined } = { beside: undefined };
  const now = new Arrangement({ open, front: 'packets' }, docks);
  expect(now.tabs).toEqual({ open: ['stage', 'packets'], front: 'packets' });
  expect(now.outputIsApart).toBe(true);
  docks.beside = 'packets';
  expect(now.outputIsApart).toBe(false);
  expect(now.tabs).toEqual({ open: ['output', 'stage'], front: 'stage' });
  expect(now.inSight).toEqual(['stage', 'packets']);
  const without = new Arrangement({ open, front: 'packets' }, { beside: undefined }, false);
  expect(without.tabs.open).toEqual(open);
  now.peek('output');
  expect(now.inSight).toEqual(['output', 'packets']);
});

test('the last tab is not taken away, and a panel without a tab can stand beside', () => {
  const alone = new Arrangement({ open: ['packets'], front: 'packets' }, { beside: 'packets' });
  expect(alone.beside).toBeUndefined();
  expect(alone.tabs.front).toBe('packets');
  const other = new Arrangement({ open, front: 'stage' }, { beside: 'broker' });
  expect(other.inSight).toEqual(['stage', 'broker']);
  expect(other.withFront('broker', [...open, 'broker'])).toEqual({
    open: [...open, 'broker'],
    front: 'broker',
  });
});

test('an error brings the output to the front, unless a tab was chosen since the run began', () => {
  const now = new Arrangement({ open, front: 'stage' }, { beside: undefined }, false);
  now.peek('output');
  expect(now.tabs.front).toBe('output');
  now.choose({ open, front: 'packets' });
  expect(now.tabs.front).toBe('packets');
  now.peek('output');
  expect(now.tabs.front).toBe('packets');
  now.peek(undefined);
  now.peek('output');
  expect(now.tabs.front).toBe('output');
});

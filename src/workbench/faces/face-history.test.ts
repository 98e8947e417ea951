import { expect, test } from 'vitest';
import { FaceHistory } from './face-history.ts';

const lamp = { type: 'face', id: 1, kind: 'lamp', name: 'lamp', options: {} } as const;
const value = (on: 0 | 1) => ({ type: 'face-value', id: 1, value: on }) as const;

test('a lamp is as it was at any time; a program that begins again has none yet', () => {
  const history = new FaceHistory();
  const device = 'lamp';
  history.add({ at: 10, device, message: lamp });
  history.add({ at: 20, device, message: value(1) });
  history.add({ at: 30, device, message: value(0) });
  history.add({ at: 40, device, message: { type: 'begin' } });
  const shown = (at: number) => history.at(at).get(device)?.get(1)?.value;
  expect([5, 10, 20, 29, 30, 40].map(shown)).toEqual([undefined, undefined, 1, 1, 0, undefined]); // prettier-ignore
  expect(history.at(5).size).toBe(0);
  expect(history.at(30).get(device)!.get(1)!.isEnabled).toBe(false);
});

test('of very many changes the oldest are folded into what they led to', () => {
  const history = new FaceHistory();
  history.add({ at: 0, device: 'lamp', message: lamp });
  for (let at = 1; at <= 9_001; at += 1) history.add({ at, device: 'lamp', message: value(at % 2 === 1 ? 1 : 0) }); // prettier-ignore
  expect(history.at(9_001).get('lamp')!.get(1)!.value).toBe(1);
  expect(history.at(9_000).get('lamp')!.get(1)!.value).toBe(0);
  // Long forgotten, it is as it was when it was folded.
  expect(history.at(0).get('lamp')!.get(1)!.value).toBeTypeOf('number');
});

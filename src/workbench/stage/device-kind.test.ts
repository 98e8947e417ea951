import { expect, test } from 'vitest';
import type { LineRole } from '../../../sandbox/protocol/trace.ts';
import { deviceKindOf } from './device-kind.ts';

test.each<[role: LineRole, called: (string | undefined)[], kind: string]>([
  ['device', ['phone'], 'phone'],
  ['device', ['doorbell'], 'bell'],
  ['device', ['door'], 'door'],
  ['actor', ['hallLight'], 'lamp'],
  ['outside', ['mosquitto_sub'], 'terminal'],
  // The program's name comes before the client id.
  ['device', ['thermometer', 'phone-1'], 'thermometer'],
  ['outside', [undefined, 'python-lamp'], 'python'],
  ['outside', ['x7k2m9'], 'laptop'],
  ['device', ['publisher'], 'chip'],
  ['outside', [undefined, undefined], 'laptop'],
])('%s %j looks like a %s', (role, called, kind) => {
  expect(deviceKindOf(role, ...called)).toBe(kind);
});

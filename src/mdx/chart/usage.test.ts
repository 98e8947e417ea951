import { expect, test } from 'vitest';
import type { Capture, CapturedPacket } from '../captures/capture.ts';
import { barsOf, usageOf } from './usage.ts';

const packet = (
  line: number,
  direction: CapturedPacket['direction'],
  bytes: string,
  client = 'heater',
): CapturedPacket => ({ client, line, direction, version: 4, bytes });
const capture: Capture = {
  set: 'solution',
  packets: [
    packet(1, 'to-broker', '100d00044d5154540402003c000161'),
    packet(1, 'to-client', '20020000'),
    packet(1, 'to-broker', '820600010001' + '6200'),
    packet(1, 'to-client', '9003000100'),
    packet(1, 'to-broker', '3004000161' + '78'),
    packet(1, 'to-client', '3004000162' + '79'),
    packet(1, 'to-broker', 'e000'),
    packet(2, 'to-broker', '100d00044d5154540402003c000161'),
    packet(1, 'to-client', '3004000161' + '78', 'dashboard'),
  ],
};

test('what publishing takes, without subscriptions and what they bring', () => {
  expect(usageOf(capture, 'heater')).toEqual({ bytes: 15 + 4 + 6 + 2 + 15, connections: 2 });
});
test('a client that is not there', () => {
  expect(() => usageOf(capture, 'oven')).toThrow('it has heater, dashboard');
});
test('the longest bar fills the width, and each connection counts 280 bytes more', () => {
  const [one, two] = barsOf([
    { bytes: 720, connections: 1 },
    { bytes: 400, connections: 20 },
  ]);
  expect(two).toMatchObject({ all: 6000 });
  expect(two!.sent + two!.tcp).toBeCloseTo(100);
  expect(one).toMatchObject({ all: 1000, sent: 12 });
  expect(one!.tcp).toBeCloseTo(280 / 60);
});

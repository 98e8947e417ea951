import { PassThrough } from 'readable-stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitValues } from '../shared/config.ts';
import { Ingress } from './ingress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the rate that needs the longest rest decides, whichever was exceeded last', () => {
  const socket = new PassThrough();
  const limits = { packetsPerSecond: 10, packetsBurst: 1, bytesPerSecond: 1000, bytesBurst: 1 };
  const intake = new Ingress(socket, {
    limits: limitValues(limits),
    limited: true,
    exceeded: () => {},
  });
  intake.tookBytes(2001);
  intake.tookPacket(2);
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(1900);
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(200);
  expect(socket.isPaused()).toBe(false);
  // A SUBSCRIBE with twenty filters counts as twenty packets.
  intake.tookPacket(20);
  vi.advanceTimersByTime(900);
  expect(socket.isPaused()).toBe(true);
});

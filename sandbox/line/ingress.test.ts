import { PassThrough } from 'readable-stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameCutter } from '../mqtt/frame-cutter.ts';
import { limitValues, type LimitValues } from '../shared/config.ts';
import { atOnce, type Turns } from '../shared/turns.ts';
import { Ingress } from './ingress.ts';
import { RatePool } from './rate-pool.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An ingress, and what it has done: a PINGREQ is a frame of two bytes. */
function open(limits: Partial<LimitValues>, turns: Turns = atOnce) {
  const socket = new PassThrough();
  const done = { frames: 0, refused: [] as boolean[], unread: 0, ended: false };
  const pool = new RatePool(limitValues(limits));
  const rates = pool.take('');
  const ingress: Ingress = new Ingress(socket, {
    cutter: new FrameCutter(),
    turns,
    rates,
    exceeded: () => {},
    frame: () => {
      done.frames++;
      ingress.tookPacket(1);
      return true;
    },
    pass: () => {},
    refused: (_violation, _chunk, alone) => void done.refused.push(alone),
    unread: () => void done.unread++,
  });
  return { socket, ingress, done, pool, rates };
}
const pings = (count: number): Buffer => Buffer.alloc(count * 2, Buffer.from([0xc0, 0]));

test('the rate that needs the longest rest decides, whichever was exceeded last', () => {
  const limits = { packetsPerSecond: 10, packetsBurst: 1, bytesPerSecond: 1000, bytesBurst: 1 };
  const { socket, ingress } = open(limits);
  ingress.tookBytes(2001);
  ingress.tookPacket(2);
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(1900);
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(200);
  expect(socket.isPaused()).toBe(false);
  // A SUBSCRIBE with twenty filters counts as twenty packets.
  ingress.tookPacket(20);
  vi.advanceTimersByTime(900);
  expect(socket.isPaused()).toBe(true);
});

test('what came in one chunk keeps the pace, too, and the client counts as alive meanwhile', () => {
  const { socket, ingress, done } = open({ packetsPerSecond: 100, packetsBurst: 300 });
  ingress.took(pings(1000));
  ingress.end(() => (done.ended = true));
  expect(done.frames).toBe(301);
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(done.frames).toBeGreaterThan(380);
  expect(done.frames).toBeLessThan(420);
  expect(done.unread).toBeGreaterThan(0);
  expect(done.ended).toBe(false);
  vi.advanceTimersByTime(7000);
  expect([done.frames, done.ended]).toEqual([1000, true]);
});

test('what the broker does with frames counts: of dear ones few are taken at a time', () => {
  const later: (() => void)[] = [];
  const taken: number[] = [];
  let [dear, clock, end, frames] = [true, 0, 5, 0];
  const turns: Turns = {
    ...atOnce,
    get over() {
      return clock >= end;
    },
    later: (work) => void later.push(work),
  };
  const ingress = new Ingress(new PassThrough(), {
    cutter: new FrameCutter(),
    turns,
    rates: null,
    exceeded: () => {},
    frame: () => frames++ >= 0,
    pass() {
      clock += frames * (dear ? 5 : 0.01);
      taken.push(frames);
      frames = 0;
    },
    refused: () => {},
    unread: () => {},
  });
  ingress.took(pings(400));
  for (let n = 0; n < 400 && later.length > 0; n++) {
    if (n === 6) dear = false;
    end = clock + 5;
    later.shift()!();
  }
  ingress.close();
  expect(taken.slice(0, 6)).toEqual([16, 4, 1, 1, 1, 1]);
  expect(taken.slice(-3, -1)).toEqual([16, 16]);
  expect(taken.reduce((a, b) => a + b)).toBe(400);
});

test('a long chunk is worked through in turns, at least some of it in each', () => {
  const later: (() => void)[] = [];
  const turns: Turns = { ...atOnce, over: true, later: (work) => void later.push(work) };
  const { socket, ingress, done } = open({ packetsPerSecond: 1e9, packetsBurst: 1e9 }, turns);
  ingress.took(pings(40));
  expect([done.frames, later.length, socket.isPaused()]).toEqual([16, 1, true]);
  // Read already, behind the first.
  ingress.took(Buffer.concat([pings(1), Buffer.from([0x00, 0x00])]));
  while (later.length > 0) later.shift()!();
  expect([done.frames, done.refused]).toEqual([41, [false]]);
});

test('bytes that are not MQTT at all are distinguished from those after a frame', () => {
  const { ingress, done } = open({});
  ingress.took(Buffer.from([0x00, 0x00]));
  expect([done.frames, done.refused]).toEqual([0, [true]]);
});

test('a client that connects again continues with the rate of its last connection', () => {
  const { ingress, pool, rates } = open({ packetsPerSecond: 100, packetsBurst: 300 });
  ingress.took(pings(300));
  ingress.close();
  pool.give('attacker', rates);
  expect(pool.take('neighbour').packets.tokens).toBe(300);
  const again = pool.take('attacker');
  expect(again.packets.tokens).toBe(0);
  // A second line beside it has a rate of its own.
  expect(pool.take('attacker').packets.tokens).toBe(300);
  pool.give('attacker', again);
  vi.advanceTimersByTime(3000);
  expect(pool.take('attacker').packets.tokens).toBe(300);
});

import { expect, test } from 'vitest';
import { createBroker } from '../engine/builtin/index.ts';
import type { EngineFactory } from '../engine/broker.ts';
import { Room } from './room.ts';

test('resets that wait while one is under way are one reset, with the newest files', async () => {
  let started = 0;
  let begun = (): void => {};
  const engine: EngineFactory = async (options) => {
    started++;
    begun();
    return createBroker(options);
  };
  const room = new Room({ code: 'test', engine });
  await room.ready();
  const underWay = new Promise<void>((resolve) => (begun = resolve));
  const first = room.reset();
  await underWay;
  const later = [room.reset(), room.reset({ 'mosquitto.conf': 'listener 1884\n' }), room.reset({})];
  expect(await first).toBe(2);
  expect(new Set(await Promise.all(later))).toEqual(new Set([3]));
  expect(started).toBe(3);
  expect(await room.reset()).toBe(4);
  await room.close('stopping');
});

/** What the bundle test runs in a browser's globals: one exercise of the course, done in a room. */
import { createBroker } from '../../engine/builtin/index.ts';
import mqtt from 'mqtt';
import exercise from '../../../lessons/first-message/publish/exercise.ts';
import type { CheckResult } from '../../protocol/exercise.ts';
import { memoryPair } from '../../room/memory-pair.ts';
import { Room } from '../../room/room.ts';

/** The check results once they are all true. */
export async function pass(): Promise<readonly CheckResult[]> {
  const room = new Room({ engine: createBroker, code: 'browser', exercise, watchBatchMs: 0 });
  await room.ready();
  const passed = Promise.withResolvers<readonly CheckResult[]>();
  room.observe({
    checks: (results) => {
      if (results.every(({ state }) => state === 'true')) passed.resolve(results);
    },
  });
  room.device('publisher', 'running');
  const client = new mqtt.MqttClient(
    () => {
      const [near, far] = memoryPair();
      room.attach(far, { transport: 'memory', role: 'device', name: 'publisher' });
      return near as never;
    },
    { reconnectPeriod: 0, timerVariant: 'native' },
  );
  await client.publishAsync('hello/mqtt', 'hi', { qos: 1 });
  await client.endAsync();
  room.device('publisher', 'ended');
  const results = await passed.promise;
  await room.close('stopping');
  return results;
}

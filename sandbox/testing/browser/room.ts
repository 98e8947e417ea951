/** What the tests of a room in a browser run there: exported by the script of `bundle.ts`. */
import exercise from '../../../lessons/first-message/publish/exercise.ts';
import { createBroker } from '../../engine/builtin/index.ts';
import { afterThisTick } from '../../shared/end-of-tick.ts';
import type { CheckResult } from '../../protocol/exercise.ts';
import { Room } from '../../room/room.ts';
import { BrokerClient } from '../broker-client.ts';
import { deviceMqtt } from '../device-client.ts';
import solution from './solution.ts';

/** Runs the exercise's own solution in a room, and resolves to the check results once all are true. */
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
  await solution(deviceMqtt(room, 'publisher'));
  room.device('publisher', 'ended');
  const results = await passed.promise;
  await room.close('stopping');
  return results;
}

/**
 * Two clients with a keep alive of two seconds: one pings; the other, which connects later, is silent.
 * Resolves to whether each is still connected when the broker has closed the silent one.
 */
export async function keepAlive(): Promise<{ pinging: boolean; silent: boolean }> {
  const broker = await createBroker({});
  const [pinging, silent] = [new BrokerClient(broker), new BrokerClient(broker)];
  await pinging.connect('pinging', { keepalive: 2 });
  const pings = setInterval(() => pinging.send({ cmd: 'pingreq' }), 200);
  await silent.connect('silent', { keepalive: 2 });
  await silent.ended();
  clearInterval(pings);
  const connected = { pinging: !pinging.closed, silent: !silent.closed };
  await broker.close();
  return connected;
}

/** How many turns of the event loop `afterThisTick` has had while a browser's nested timer fired so often. */
export function turnsWhile(timers: number): Promise<number> {
  return new Promise((resolve) => {
    let [turns, fired] = [0, 0];
    const turn = (): void => {
      turns++;
      if (fired < timers) afterThisTick(turn);
      else resolve(turns);
    };
    const native = globalThis.setTimeout;
    const nested = (): void => {
      if (++fired < timers) native(nested, 0);
    };
    turn();
    native(nested, 0);
  });
}

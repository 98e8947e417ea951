/** Programs of an exercise on machines of their own: where their host names lead. */
import { afterEach, describe, expect, it } from 'vitest';
import { createBroker } from '../engine/builtin/index.ts';
import type { Machines } from '../protocol/machines.ts';
import { memoryPair } from './memory-pair.ts';
import { Room } from './room.ts';

const machines: Machines = {
  broker: ['pi'],
  elsewhere: { phone: ['pi', 'pi.local'], recorder: ['pi', '172.17.0.1'] },
};
let room: Room | undefined;
afterEach(() => room?.close('stopping'));

/** Where the room's broker listens, who asks, and what `mqtt://<host>` led to. */
async function ask(
  listener: string,
  name: string,
  host: string | undefined,
  scene: { machines?: Machines } = { machines },
): Promise<string> {
  const exercise = { devices: [], scene, checks: [] };
  room = new Room({ code: 'machines', engine: createBroker, exercise });
  await room.reset({ 'mosquitto.conf': `${listener}\nallow_anonymous true\n` });
  const target = { port: 1883, protocol: 'mqtt', ...(host !== undefined && { host }) } as const;
  const [, far] = memoryPair();
  const got = room.attach(far, { transport: 'memory', role: 'device', name, target });
  return typeof got === 'string' ? got : 'open';
}
const open = 'listener 1883';
const near = 'listener 1883 127.0.0.1';

describe('localhost is the machine that says it', () => {
  it.each([
    ['sensor', undefined, open, 'open'],
    ['sensor', undefined, near, 'open'],
    ['sensor', '127.0.0.1', near, 'open'],
    // By its name the broker's machine is reached as from the network, also from itself.
    ['sensor', 'pi', open, 'open'],
    ['sensor', 'pi', near, 'local-only'],
    ['phone', undefined, open, 'elsewhere'],
    ['phone', '127.0.0.1', open, 'elsewhere'],
    ['phone', '::1', open, 'elsewhere'],
    ['phone', 'pi', open, 'open'],
    ['phone', 'pi.local', open, 'open'],
    ['phone', 'pi', near, 'local-only'],
    ['phone', '172.17.0.1', open, 'elsewhere'],
    ['recorder', '172.17.0.1', open, 'open'],
    ['recorder', undefined, near, 'elsewhere'],
    ['terminal-1', undefined, near, 'open'],
    // A name that every object has is no machine's.
    ['toString', undefined, near, 'open'],
    ['toString', 'toString', open, 'elsewhere'],
  ])('%s asks for %j with “%s”: %s', async (name, host, listener, expected) => {
    expect(await ask(listener, name, host)).toBe(expected);
  });

  it('is in the trace, with the program and its port', async () => {
    await ask(open, 'phone', undefined);
    expect(room!.trace.all().find(({ type }) => type === 'line-refused')).toMatchObject({
      name: 'phone',
      port: 1883,
      refusal: 'elsewhere',
    });
  });

  it('without machines every name is the broker’s own, as before', async () => {
    expect(await ask(near, 'phone', undefined, {})).toBe('open');
    expect(await ask(near, 'phone', 'pi', {})).toBe('open');
    expect(await ask('listener 1883 ::1', 'phone', '127.0.0.1', {})).toBe('no-listener');
  });
});

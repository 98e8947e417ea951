import { expect, test } from 'vitest';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { brokerStateOf } from './broker-state.ts';
import { stateJson } from '../../../sandbox/protocol/state-json.ts';

test('what the room writes is read back, byte for byte', () => {
  const payload = Uint8Array.from({ length: 256 }, (_, i) => i);
  const state: BrokerState = {
    clients: [
      {
        clientId: 'lamp',
        connected: true,
        version: 5,
        clean: false,
        keepAlive: 60,
        will: { topic: 'lamp/online', payload, qos: 1, retain: true },
        subscriptions: [{ filter: 'lamp/#', qos: 2 }],
        queued: 3,
        inflight: [{ packetId: 7, direction: 'to-client', qos: 2, waitsFor: 'PUBREC' }],
      },
    ],
    retained: [
      { topic: 'a', payload, qos: 0 },
      { topic: 'b', payload: new Uint8Array(), qos: 1 },
    ],
    listeners: [{ port: 1883, from: ['localhost'] }],
  };
  const wire = JSON.parse(JSON.stringify(stateJson(state))) as ReturnType<typeof stateJson>;
  expect(brokerStateOf(wire)).toEqual(state);
});

import { expect, test } from 'vitest';
import type { BrokerStateJson } from './state.ts';
import { stateChanges, withChanges } from './state-changes.ts';

const client = (clientId: string, queued = 0): BrokerStateJson['clients'][number] => ({
  clientId,
  connected: true,
  version: 4,
  clean: true,
  keepAlive: 60,
  subscriptions: [],
  queued,
  inflight: [],
});
const kept = (topic: string, payload: string): BrokerStateJson['retained'][number] => ({
  topic,
  payload,
  qos: 0,
});
const before: BrokerStateJson = {
  clients: [client('a'), client('b'), client('__proto__')],
  retained: [kept('x', 'MQ=='), kept('y', 'Mg==')],
  listeners: [{ port: 1883, from: ['localhost', 'network'] }],
};
const after: BrokerStateJson = {
  clients: [client('a'), client('__proto__', 2), client('c')],
  retained: [kept('y', 'Mw=='), kept('z', 'NA==')],
  listeners: [{ port: 1883, from: ['localhost', 'network'] }],
};

test('what is new, what is different, what is gone, and nothing else', () => {
  expect(stateChanges(before, after)).toEqual({
    clients: [client('__proto__', 2), client('c')],
    gone: ['b'],
    retained: [kept('y', 'Mw=='), kept('z', 'NA==')],
    cleared: ['x'],
  });
  expect(stateChanges(after, after)).toEqual({ clients: [], gone: [], retained: [], cleared: [] });
});

test('the changes lead from one state to the other', () => {
  expect(withChanges(before, stateChanges(before, after))).toEqual(after);
});

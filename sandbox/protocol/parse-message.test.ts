import { expect, test } from 'vitest';
import { parseWatchMessage } from './parse-message.ts';

test.each([
  { type: 'welcome', run: 1, missing: 0, mosquitto: '2.0.11' },
  {
    type: 'checks',
    run: 2,
    last: 4,
    results: [{ id: 'c', state: 'not-yet', hint: { id: 'h', values: { topic: 'x' } } }],
  },
  { type: 'missing', run: 2, from: 1, count: 5 },
  { type: 'failed', id: 3, error: 'no-client', message: '' },
])('$type is parsed', (message) => {
  expect(parseWatchMessage(JSON.stringify(message))).toEqual(message);
});

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['null', 'null'],
  ['a type that nobody knows', '{"type":"constructor"}'],
  ['a run that is no number', '{"type":"reset","run":"1"}'],
  ['results that are none', '{"type":"checks","run":1,"last":0,"results":{}}'],
  [
    'a state that is none',
    '{"type":"checks","run":1,"last":0,"results":[{"id":"a","state":"yes"}]}',
  ],
  [
    'a hint without values',
    '{"type":"checks","run":1,"last":0,"results":[{"id":"a","state":"true","hint":{"id":"h"}}]}',
  ],
  ['results of no entry', '{"type":"checks","run":1,"last":-1,"results":[]}'],
  ['results without an entry', '{"type":"checks","run":1,"results":[]}'],
])('%s is not', (_, text) => {
  expect(parseWatchMessage(text)).toBeUndefined();
});

const client = {
  clientId: 'a',
  connected: true,
  version: 5,
  clean: true,
  keepAlive: 60,
  will: { topic: 't', payload: 'eA==', qos: 1, retain: false },
  subscriptions: [{ filter: '#', qos: 2 }],
  queued: 0,
  inflight: [{ packetId: 1, direction: 'to-client', qos: 1, waitsFor: 'PUBACK' }],
};
const state = {
  clients: [client],
  retained: [{ topic: '__proto__', payload: '', qos: 0 }],
  listeners: [{ port: 1883, from: ['localhost'] }],
};
const parsed = (message: object) => parseWatchMessage(JSON.stringify(message));

test("the broker's state is parsed as a whole", () => {
  expect(parsed({ type: 'state', id: 1, state })).toEqual({ type: 'state', id: 1, state });
});

test.each([
  ['no clients', { ...state, clients: {} }],
  ['a client that is none', { ...state, clients: [null] }],
  ['a QoS that is none', { ...state, retained: [{ topic: 't', payload: '', qos: 3 }] }],
  ['a payload that is no text', { ...state, retained: [{ topic: 't', payload: [1], qos: 0 }] }],
  [
    'a packet that is none',
    {
      ...state,
      clients: [{ ...client, inflight: [{ ...client.inflight[0], waitsFor: 'constructor' }] }],
    },
  ],
])('a state with %s is not', (_, wrong) => {
  expect(parsed({ type: 'state', id: 1, state: wrong })).toBeUndefined();
});

test.each([
  { type: 'done', id: 1 },
  { type: 'done', id: NaN, run: 1 },
  { type: 'missing', run: 1, from: -1, count: 1 },
  { type: 'closing', reason: 'toString' },
  { type: 'failed', id: 1, error: {}, message: '' },
  { type: 'state-changes', id: 1, since: 1, changes: {} },
  { type: '__proto__' },
])('%j is not', (message) => {
  expect(parsed(message)).toBeUndefined();
});

test('nothing gets through that its schema does not name', () => {
  const text =
    '{"type":"reset","run":1,"mosquitto":"2.1.2","x":1,"__proto__":{"polluted":1},"constructor":2}';
  const message = parseWatchMessage(text);
  expect(Object.keys(message!)).toEqual(['type', 'run', 'mosquitto']);
  expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
  const hint = { id: 'h', values: JSON.parse('{"__proto__":"x","topic":"y"}') };
  const checks = parsed({
    type: 'checks',
    run: 1,
    last: 0,
    results: [{ id: 'a', state: 'true', hint }],
  });
  expect(checks).toHaveProperty('results.0.hint.values', { topic: 'y' });
});

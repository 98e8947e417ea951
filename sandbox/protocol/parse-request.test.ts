import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WatchRequest } from './api.ts';
import { parseWatchRequest } from './parse-request.ts';

const good: WatchRequest[] = [
  { type: 'reset', id: 1 },
  { type: 'reset', id: 2, files: { 'mosquitto.conf': 'listener 1883\n', acl: '' } },
  { type: 'device', device: 'publisher', state: 'ended' },
  { type: 'device', device: 'publisher', state: 'failed', error: 'TypeError: no' },
  {
    ...{ type: 'device', device: 'mosquitto_sub', state: 'running' },
    typed: { line: "mosquitto_sub -t 'a b'", words: ['-t', 'a b'] },
  },
  {
    type: 'arm',
    id: 3,
    rules: [
      {
        direction: 'to-client',
        kind: 'PUBACK',
        after: 1,
        times: 2,
        action: { do: 'drop-and-cut' },
      },
      { direction: 'to-broker', client: 'phone', action: { do: 'delay', ms: 250 } },
    ],
  },
  {
    type: 'set-conditions',
    id: 4,
    conditions: { client: 'phone', latencyMs: 100, loss: 0.5, frozen: false },
  },
  { type: 'arm', id: 10, rules: [], replace: true },
  { type: 'cut', id: 5, client: 'phone' },
  { type: 'disconnect', id: 9, clientId: 'phone-1' },
  { type: 'clear-retained', id: 6, topic: 'a/b' },
  { type: 'broker', id: 6, deed: 'cut-power' },
  { type: 'broker', id: 6, deed: 'start', files: { 'mosquitto.conf': 'listener 1883\n' } },
  {
    type: 'reset',
    id: 8,
    files: { passwd: '', modes: { '.': 'root:root 700', passwd: 'root:adm 640' } },
  },
  { type: 'state', id: 7 },
];

test.each(good)('$type passes as it is', (request) => {
  expect(parseWatchRequest(JSON.stringify(request))).toEqual(request);
});

describe('what is refused', () => {
  const typed = (what: object) => ({ type: 'device', device: 'a', state: 'running', typed: what });
  const cases: unknown[] = [
    null,
    [],
    'reset',
    {},
    { type: 'reset' },
    { type: 'reset', id: -1 },
    { type: 'reset', id: 1, files: { 'mosquitto.conf': 1 } },
    { type: 'reset', id: 1, files: { acl: 'x'.repeat(70_000) } },
    { type: 'device', device: '', state: 'ended' },
    { type: 'device', device: 'x'.repeat(200), state: 'ended' },
    { type: 'device', device: 'a', state: 'exploded' },
    { type: 'device', device: 'a', state: 'failed', error: 'x'.repeat(201) },
    typed({ line: 'x'.repeat(201), words: [] }),
    typed({ line: 'x', words: Array.from({ length: 25 }, () => 'x') }),
    typed({ line: 'x', words: ['x'.repeat(101)] }),
    typed({ line: 'x', words: [7] }),
    { type: 'arm', id: 1, rules: {} },
    { type: 'arm', id: 1, rules: [{ direction: 'up', action: { do: 'drop' } }] },
    { type: 'arm', id: 1, rules: [{ direction: 'to-broker', action: { do: 'explode' } }] },
    { type: 'arm', id: 1, rules: [{ direction: 'to-broker', action: { do: 'delay', ms: 1e9 } }] },
    { type: 'set-conditions', id: 1, conditions: { client: 'a', loss: 2 } },
    { type: 'cut', id: 1 },
    { type: 'disconnect', id: 1, client: 'phone' },
    { type: 'state', id: 'x' },
    { type: 'unheard-of', id: 1 },
    { type: 'constructor', id: 1 },
    { type: '__proto__', id: 1 },
    { type: ['state'], id: 1 },
    { type: 'state', id: 1.5 },
    { type: 'state', id: 2 ** 60 },
    // As JSON has them: null.
    { type: 'state', id: NaN },
    { type: 'set-conditions', id: 1, conditions: { client: 'a', latencyMs: Infinity } },
    { type: 'set-conditions', id: 1, conditions: { client: 'a', frozen: 'yes' } },
    {
      type: 'arm',
      id: 1,
      rules: Array(101).fill({ direction: 'to-broker', action: { do: 'drop' } }),
    },
    { type: 'arm', id: 1, rules: Array(50_000).fill(0) },
    {
      type: 'arm',
      id: 1,
      rules: [{ direction: 'to-broker', kind: 'toString', action: { do: 'drop' } }],
    },
    { type: 'arm', id: 1, rules: [{ direction: 'to-broker', action: { do: 'hasOwnProperty' } }] },
    { type: 'arm', id: 1, rules: [{ direction: 'to-broker', after: 0.5, action: { do: 'drop' } }] },
    { type: 'disconnect', id: 1, clientId: 'x'.repeat(65_536) },
    { type: 'clear-retained', id: 1, topic: 'x'.repeat(65_536) },
    { type: 'reset', id: 1, files: { modes: { passwd: 'x'.repeat(81) } } },
    { type: 'reset', id: 1, files: { modes: { passwd: 600 } } },
    { type: 'reset', id: 1, files: { modes: 'root:root 600' } },
    { type: 'reset', id: 1, files: { container: '1:1 '.repeat(251) } },
    { type: 'broker', id: 1, deed: 'burn' },
    { type: 'broker', id: 1, deed: 'start', files: { 'mosquitto.conf': 'x'.repeat(65_537) } },
  ];
  test.each(cases)('%j', (request) => {
    expect(parseWatchRequest(JSON.stringify(request))).toBeNull();
  });
  test('what is no JSON', () => expect(parseWatchRequest('{')).toBeNull());
});

test('nothing that the type does not name gets through', () => {
  const text =
    '{"type":"arm","id":1,"evil":1,"rules":[{"direction":"to-broker","action":{"do":"drop","x":1},"__proto__":{"y":1}}]}';
  expect(parseWatchRequest(text)).toEqual({
    type: 'arm',
    id: 1,
    rules: [{ direction: 'to-broker', action: { do: 'drop' } }],
  });
});

test('files are those that a broker has, and no others', () => {
  const files = '{"acl":"","__proto__":{"passwd":"x"},"/etc/shadow":"y","constructor":"z"}';
  const request = parseWatchRequest(`{"type":"reset","id":1,"files":${files}}`);
  expect(request).toEqual({ type: 'reset', id: 1, files: { acl: '' } });
  expect(Object.keys((request as { files: object }).files)).toEqual(['acl']);
});

test('an array that is too long is refused before its items are looked at', () => {
  let looks = 0;
  const item = new Proxy({}, { get: () => (looks += 1) });
  const arm = (count: number) => ({ type: 'arm', id: 1, rules: Array(count).fill(item) });
  const parse = vi.spyOn(JSON, 'parse');
  onTestFinished(() => parse.mockRestore());
  parse.mockReturnValueOnce(arm(100));
  expect(parseWatchRequest('')).toBeNull();
  expect(looks).toBeGreaterThan(0);
  looks = 0;
  parse.mockReturnValueOnce(arm(101));
  expect(parseWatchRequest('')).toBeNull();
  expect(looks).toBe(0);
});

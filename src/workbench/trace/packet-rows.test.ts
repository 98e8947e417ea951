import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import english from '../../i18n/en/workbench.json' with { type: 'json' };
import files from '../../i18n/en/files.json' with { type: 'json' };
import wire from '../../i18n/en/wire.json' with { type: 'json' };
import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { createWords } from '../i18n/words.ts';
import { clientRoleOf } from './clients.ts';
import { PacketRows, rowOf } from './packet-rows.ts';

const words = createWords(english, wire, files, {
  'rule.topic-wildcard': 'A topic has no wildcards',
});
let n = 0;
const opened = (line: number, role: 'device' | 'actor' | 'outside', name?: string): TraceEntry => ({
  type: 'line-opened',
  n: ++n,
  at: n,
  line,
  transport: 'websocket',
  role,
  ...(name && { name }),
});
const packet = (
  line: number,
  direction: PacketEntry['direction'],
  sent: Packet,
  more: Partial<PacketEntry> = {},
): PacketEntry => ({
  type: 'packet',
  n: ++n,
  at: 12.3456,
  line,
  direction,
  version: 4,
  fate: 'passed',
  bytes: new Uint8Array(generate(sent)),
  ...more,
});
const connect = (clientId: string): Packet => ({
  cmd: 'connect',
  clientId,
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  keepalive: 60,
});
const publish = (topic: string, payload: string, more = {}): Packet => ({
  cmd: 'publish',
  topic,
  payload,
  qos: 0,
  dup: false,
  retain: false,
  ...more,
});

function recordOf(entries: TraceEntry[], generation = 1, entriesLeftOut = 0) {
  return { entries, generation, entriesLeftOut };
}
function rowsOf(...entries: TraceEntry[]) {
  const rows = new PacketRows();
  rows.sync(recordOf(entries));
  return rows.entries.map((entry) => rowOf(entry, rows.lines, words));
}

test('a message from a device to the actor that subscribes', () => {
  const rows = rowsOf(
    opened(1, 'actor', 'subscriber'),
    packet(1, 'to-broker', {
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: 'hello/+', qos: 1 }],
    }),
    packet(1, 'to-client', { cmd: 'suback', messageId: 1, granted: [128] }),
    opened(2, 'device', 'publisher'),
    packet(2, 'to-broker', connect('me')),
    packet(2, 'to-client', { cmd: 'connack', returnCode: 0, sessionPresent: true }),
    packet(2, 'to-broker', publish('hello/mqtt', 'hi', { qos: 1, messageId: 3, retain: true })),
    packet(2, 'to-client', { cmd: 'puback', messageId: 3 }),
  );
  expect(
    rows.map(({ client, direction, kind, topic, text, marks }) => [
      client,
      direction,
      kind,
      topic,
      text,
      marks,
    ]),
  ).toEqual([
    ['subscriber', 'to-broker', 'SUBSCRIBE', 'hello/+', 'QoS 1', []],
    ['subscriber', 'to-client', 'SUBACK', undefined, '0x80 Failure', []],
    ['publisher', 'to-broker', 'CONNECT', undefined, 'client id me', []],
    ['publisher', 'to-client', 'CONNACK', undefined, 'accepted', ['session present']],
    ['publisher', 'to-broker', 'PUBLISH', 'hello/mqtt', 'hi', ['QoS 1', 'retained']],
    ['publisher', 'to-client', 'PUBACK', undefined, 'packet 3', []],
  ]);
  expect(rows[0]!.seconds).toBe('0.012');
});

test('what befell a packet stands before it; what is no packet has words', () => {
  const rows = rowsOf(
    opened(1, 'outside'),
    packet(1, 'to-broker', publish('a', ''), { fate: 'dropped' }),
    {
      type: 'refused',
      n: ++n,
      at: 1,
      line: 1,
      version: 4,
      rule: 'topic-wildcard',
      statement: 'MQTT-3.3.2-2',
      bytes: Uint8Array.of(0x30),
    },
    { type: 'line-closed', n: ++n, at: 1, line: 1, by: 'gate' },
    packet(1, 'to-broker', publish('a', 'b'), { bytes: Uint8Array.of(0xff, 0x01) }),
    { type: 'log', n: ++n, at: 1, level: 'notice', text: 'not a row' },
  );
  expect(rows.map(({ text, marks, tone }) => [text, marks, tone])).toEqual([
    ['empty payload', ['dropped'], 'struck'],
    ['A topic has no wildcards [MQTT-3.3.2-2]', ['refused'], 'refused'],
    ['connection closed: what came was not valid MQTT', [], 'struck'],
    ['can’t be read', [], 'passed'],
  ]);
});

test('a client is called by its name, else by its client id, else by its line', () => {
  const [unknown, known] = rowsOf(
    packet(7, 'to-client', { cmd: 'pingresp' }),
    packet(8, 'to-broker', connect('mosq-1')),
  );
  expect([unknown!.client, unknown!.tone, known!.client]).toEqual(['client 7', 'quiet', 'mosq-1']);
});

test('what a client does decides what it is', () => {
  const rows = new PacketRows();
  const entries = [opened(1, 'device', 'a'), packet(1, 'to-broker', publish('t', 'x'))];
  rows.sync(recordOf(entries));
  expect(clientRoleOf(rows.lines.of(1))).toBe('publisher');
  entries.push(
    packet(1, 'to-broker', {
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: 't', qos: 0 }],
    }),
  );
  rows.sync(recordOf(entries));
  expect(clientRoleOf(rows.lines.of(1))).toBe('both');
  expect(clientRoleOf(rows.lines.of(2))).toBe('client');
});

test('rows grow in place, and begin anew with a run or when the oldest are forgotten', () => {
  const rows = new PacketRows();
  const entries = [packet(1, 'to-broker', publish('t', '1'))];
  rows.sync(recordOf(entries));
  entries.push(packet(1, 'to-broker', publish('t', '2')));
  expect(rows.sync(recordOf(entries))).toBe(true);
  expect(rows.entries).toEqual(entries);
  expect(rows.sync(recordOf(entries.slice(1), 1, 1))).toBe(false);
  expect(rows.entries).toEqual(entries.slice(1));
  n = 0;
  const next = [packet(1, 'to-broker', publish('t', '3'))];
  expect(rows.sync(recordOf(next, 2))).toBe(false);
  expect(rows.entries).toEqual(next);
});

test('an empty client id is shown as such', () => {
  const connect = { cmd: 'connect', clientId: '', clean: true } as const;
  expect(rowsOf(packet(1, 'to-broker', connect))[0]!.text).toBe('client id: empty');
});

test('a refused CONNECT says why in words', () => {
  const [refused, strange] = rowsOf(
    packet(1, 'to-client', { cmd: 'connack', returnCode: 5, sessionPresent: false }),
    packet(
      1,
      'to-client',
      { cmd: 'pingresp' },
      { version: 5, bytes: Uint8Array.of(0xe0, 1, 0x8b) },
    ),
  );
  expect(refused!.text).toBe('refused: 5 Not authorized');
  expect(strange!.text).toBe('0x8B Server shutting down');
});

test('a refused connection, a fault and a limit have words', () => {
  const texts = (entry: object) =>
    rowsOf(opened(1, 'device', 'lamp'), { n: ++n, at: 1, ...entry } as TraceEntry).at(-1)!;
  expect(
    texts({
      type: 'line-refused',
      transport: 'websocket',
      role: 'device',
      name: 'lamp',
      port: 1884,
      refusal: 'no-listener',
    }),
  ).toMatchObject({
    client: 'lamp',
    text: 'The broker has no listener on port 1884.',
    tone: 'refused',
  });
  expect(texts({ type: 'fault', line: 1, action: 'drop-and-cut' }).text).toBe(
    'fault: packet dropped, then the connection cut',
  );
  expect(
    texts({ type: 'limit', line: 1, limit: 'packetBytes', value: 65_536, effect: 'closed' }).text,
  ).toBe('limit of this course: a packet has at most 65,536 bytes');
});

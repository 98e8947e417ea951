import { generate } from 'mqtt-packet';
import { expect, it } from 'vitest';
import type { TraceEntry } from '../protocol/trace.ts';
import { connectionsById } from './connections.ts';

const opened = (n: number, line: number, name: string): TraceEntry => ({
  ...{ n, at: n * 10, type: 'line-opened', line, transport: 'memory', role: 'device', name },
});
const connect = (n: number, line: number, clientId: string, isLost = false): TraceEntry => ({
  ...{ n, at: n * 10, type: 'packet', line, direction: 'to-broker', version: 4 },
  bytes: generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId }),
  fate: isLost ? 'dropped' : 'passed',
});
const closed = (n: number, line: number): TraceEntry => ({
  ...{ n, at: n * 10, type: 'line-closed', line, by: 'fault' },
});

it('a client id has its connections in their order, also one whose CONNECT was lost', () => {
  const entries = [
    opened(1, 1, 'lamps'),
    opened(2, 2, 'lamps'),
    opened(3, 3, 'office'),
    connect(4, 2, 'b'),
    connect(5, 1, 'a'),
    connect(6, 3, 'a'),
    closed(7, 1),
    opened(8, 4, 'lamps'),
    connect(9, 4, 'a', true),
    opened(10, 5, 'lamps'),
  ];
  const all = connectionsById({ entries, state: { clients: [], retained: [] } }, 'lamps');
  expect([...all.keys()]).toEqual(['b', 'a']);
  expect(all.get('a')).toMatchObject([
    { line: 1, from: { n: 1, at: 10 }, to: { n: 7, at: 70 } },
    { line: 4, from: { n: 8, at: 80 }, to: undefined },
  ]);
  expect(all.get('b')).toMatchObject([{ line: 2, to: undefined }]);
});

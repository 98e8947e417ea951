import { generate, type Packet as TheirPacket } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import { filterFault } from '../../../sandbox/mqtt/topic-syntax.ts';
import { reasonCodesOf } from '../../../sandbox/mqtt/reason-codes.ts';
import { packetKinds } from '../../../sandbox/protocol/mqtt.ts';
import { PacketMaker, samplesOf } from '../../../sandbox/testing/sample-packets.ts';
import { languages, t } from '../../i18n/index.ts';
import {
  carriers,
  deliveries,
  filters,
  invalidFilters,
  packets,
  reasonCodes,
  returnCodes,
  subackCodes,
  withoutDigits,
} from './facts.ts';

/** Every kind of packet of every version, many times. */
const samples = ([3, 4, 5] as const).flatMap((version) => {
  const maker = new PacketMaker(7);
  return Array.from({ length: 20 }, () => samplesOf(maker, version)).flat();
});

test('the first byte is the one that mqtt-packet writes', () => {
  expect(packets.map(({ kind }) => kind)).toEqual(packetKinds);
  for (const { theirs, ours, version } of samples) {
    const byte = generate(theirs as TheirPacket, { protocolVersion: version })[0]!;
    const row = packets.find(({ kind }) => kind === ours.kind)!;
    const digits = byte.toString(16).toUpperCase().padStart(2, '0');
    expect(`0x${digits}`.startsWith(row.firstByte.replace('…', '')), `${row.kind} ${digits}`).toBe(
      true,
    );
    expect(kindOf(byte), row.firstByte).toBe(row.kind);
  }
});

test('who sends each packet is as in the packets that go over the wire', () => {
  const ways = new Map<string, Set<string>>();
  for (const { ours, direction } of samples) {
    const known = ways.get(ours.kind) ?? new Set();
    ways.set(ours.kind, known.add(direction));
  }
  const of = { client: ['to-broker'], broker: ['to-client'], both: ['to-broker', 'to-client'] };
  for (const { kind, from } of packets) {
    // The samples have no DISCONNECT and AUTH of a broker (3.14, 3.15: either side may send them).
    const expected = kind === 'DISCONNECT' || kind === 'AUTH' ? ['to-broker'] : of[from];
    expect([...ways.get(kind)!].sort(), kind).toEqual(expected);
  }
});

test('every code of every packet stands in the table, in the column of its packet', () => {
  for (const [at, { kinds }] of carriers.entries()) {
    for (const kind of kinds) {
      const listed = reasonCodes.filter(({ in: carried }) => carried[at]).map(({ code }) => code);
      expect(listed, kind).toEqual([...reasonCodesOf(kind, 5)].sort((a, b) => a - b));
    }
  }
  // MQTT 5.0, table 2-6: 43 values.
  expect(reasonCodes).toHaveLength(43);
  expect(reasonCodes.map(({ digits }) => digits)).toContain('0x9F');
  const withCodes = packetKinds.filter((kind) => reasonCodesOf(kind, 5).length > 0);
  expect(carriers.flatMap(({ kinds }) => kinds).sort()).toEqual([...withCodes].sort());
});

test.each(languages)('%s: each code has one name, and no digits are left in it', (language) => {
  const names = [...reasonCodes.flatMap(({ names }) => names)].map((key) =>
    withoutDigits(t(language, key)),
  );
  for (const name of names) expect(name).not.toMatch(/^(0x|\d )/);
  // 0x00 means three things (tables 3-1, 3-8, 3-13); every other code means one.
  expect(reasonCodes.filter(({ names }) => names.length > 1).map(({ digits }) => digits)).toEqual([
    '0x00',
  ]);
  expect(reasonCodes[0]!.names).toHaveLength(3);
});

test('3.1.1: six return codes in CONNACK, four in SUBACK', () => {
  expect(returnCodes.map(({ digits }) => digits)).toEqual(['0', '1', '2', '3', '4', '5']);
  expect(subackCodes.map(({ digits }) => digits)).toEqual(['0x00', '0x01', '0x02', '0x80']);
  expect(t('en', returnCodes[5]!.name)).toBe('5 Not authorized');
});

test('QoS 0, 1 and 2 take one, two and four packets', () => {
  expect(deliveries.map(({ length }) => length)).toEqual([1, 2, 4]);
});

test('what matches, by the words of section 4.7', () => {
  const matched = Object.fromEntries(
    filters.map(({ filter, topics }) => [
      filter,
      topics.filter(({ matches }) => matches).map(({ topic }) => topic),
    ]),
  );
  expect(matched).toEqual({
    'home/+/lamp': ['home/hall/lamp'],
    // 4.7.1.2: # includes the parent level.
    'home/#': ['home', 'home/hall/lamp'],
    // 4.7.1.3: + matches an empty level, too.
    '+/lamp': ['hall/lamp', '/lamp'],
    // [MQTT-4.7.2-1]
    '#': ['lamp', 'home/hall/lamp'],
    '$SYS/#': ['$SYS/uptime'],
    '$share/team/home/#': ['home/hall/lamp'],
  });
  for (const { filter, topics } of filters) {
    expect(filterFault(filter, true), filter).toBeNull();
    expect(
      topics.some(({ matches }) => !matches),
      filter,
    ).toBe(true);
  }
});

test('what the sheet calls not valid breaks a rule', () => {
  expect(invalidFilters.map((filter) => filterFault(filter, true))).toEqual([
    'filter-hash',
    'filter-hash',
    'filter-plus',
  ]);
});

import { readFileSync } from 'node:fs';
import { generate } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { fieldKey, fieldsOf } from './fields.ts';
import { isViolation, kindOf, packetOf, parsePacket, readPacket } from './packet.ts';
import type { Direction, Field, MqttVersion } from '../protocol/mqtt.ts';
import type { PacketEntry } from '../protocol/trace.ts';
import { Reader } from './reader.ts';
import { PacketMaker, samplesOf, type Sample } from '../testing/sample-packets.ts';

const VERSIONS = [3, 4, 5] as const;
const samples: Sample[] = VERSIONS.flatMap((version) => {
  const maker = new PacketMaker(20_260 + version);
  return Array.from({ length: 60 }, () => samplesOf(maker, version)).flat();
});
const bytesOf = ({ theirs, version }: Sample): Uint8Array =>
  new Uint8Array(generate(theirs, { protocolVersion: version }));
const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test('what mqtt-packet writes reads as what was meant', () => {
  expect(new Set(samples.map(({ ours }) => ours.kind)).size).toBe(15);
  for (const sample of samples) {
    const frame = bytesOf(sample);
    const packet = parsePacket(frame, sample.version, sample.direction);
    expect(packet, Buffer.from(frame).toString('hex')).toEqual({
      ...sample.ours,
      length: frame.length,
    });
  }
});

test('the fast way through PUBLISH and the careful one say the same', () => {
  let publishes = 0;
  for (const sample of samples) {
    const frame = bytesOf(sample);
    if (kindOf(frame[0] as number) !== 'PUBLISH') continue;
    publishes++;
    expect(parsePacket(frame, sample.version, sample.direction)).toEqual(
      readPacket(new Reader(frame, sample.version, true), sample.direction),
    );
  }
  expect(publishes).toBeGreaterThan(300);
});

/** How often each bit of a frame is covered; fields in order. */
function coverage(frame: Uint8Array, fields: Field[]): Set<number> {
  const bits = new Uint8Array(frame.length * 8);
  let last = 0;
  for (const { start, end, bits: range } of fields) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    last = start;
    if (range === undefined) for (let i = start * 8; i < end * 8; i++) bits[i]!++;
    else for (let bit = range[1]; bit <= range[0]; bit++) bits[start * 8 + bit]!++;
  }
  return new Set(bits);
}

describe('fields', () => {
  const words = JSON.parse(
    readFileSync(new URL('../../src/i18n/en/wire.json', import.meta.url), 'utf8'),
  ) as Record<string, string>;

  test('cover every bit of every packet exactly once, and have labels', () => {
    const used = new Set<string>();
    for (const sample of samples) {
      const frame = bytesOf(sample);
      const fields = fieldsOf(frame, sample.version, sample.direction);
      expect(coverage(frame, fields), Buffer.from(frame).toString('hex')).toEqual(new Set([1]));
      for (const { name } of fields) used.add(fieldKey(name));
    }
    expect(used.has('field.unreadable')).toBe(false);
    for (const key of used) expect(words[key], key).toBeTruthy();
    const labels = Object.keys(words).filter((key) => /^(field|property)\./.test(key));
    // These two head pairs or stand only in broken frames.
    const unused = labels.filter((key) => !used.has(key));
    expect(unused.toSorted()).toEqual(['field.unreadable', 'property.userProperties']);
  });

  test('cover broken frames too: what can not be read is the last field', () => {
    const maker = new PacketMaker(7);
    for (const sample of samples) {
      const frame = bytesOf(sample).slice();
      frame[maker.below(frame.length)] = maker.below(256);
      const fields = fieldsOf(frame, sample.version, sample.direction);
      expect(coverage(frame, fields), Buffer.from(frame).toString('hex')).toEqual(new Set([1]));
    }
  });

  test('of a PUBLISH, by hand', () => {
    const frame = hex('32 13 0005 746f706963 1234 02 0101 7061796c6f6164');
    const seen = fieldsOf(frame, 5, 'to-broker').map(({ name, start, end, value }) => [
      name,
      start,
      end,
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    ]);
    expect(seen).toEqual([
      ['packetType', 0, 1, 3],
      ['dup', 0, 1, false],
      ['qos', 0, 1, 1],
      ['retain', 0, 1, false],
      ['remainingLength', 1, 2, 19],
      ['topic.length', 2, 4, 5],
      ['topic', 4, 9, 'topic'],
      ['packetId', 9, 11, 0x1234],
      ['propertyLength', 11, 12, 2],
      ['propertyIdentifier', 12, 13, 1],
      ['property.payloadFormatIndicator', 13, 14, 1],
      ['payload', 14, 21, 'payload'],
    ]);
  });
});

describe('hostile bytes', () => {
  /** Parses inside a larger buffer whose other bytes are traps; nothing may throw or read them. */
  function survives(frame: Uint8Array, version: MqttVersion, direction: Direction): boolean {
    const padded = new Uint8Array(frame.length + 64).fill(0x61);
    padded.set(frame, 32);
    const inside = padded.subarray(32, 32 + frame.length);
    const alone = parsePacket(frame, version, direction);
    expect(parsePacket(inside, version, direction)).toEqual(alone);
    fieldsOf(frame, version, direction);
    return isViolation(alone);
  }

  test('20,000 mutated packets', () => {
    const maker = new PacketMaker(99);
    let refused = 0;
    for (let i = 0; i < 20_000; i++) {
      const sample = maker.pick(samples);
      let frame = bytesOf(sample).slice();
      for (let n = maker.below(4); n >= 0; n--) frame[maker.below(frame.length)] = maker.below(256);
      if (maker.maybe()) frame = frame.slice(0, 1 + maker.below(frame.length));
      if (survives(frame, maker.pick(VERSIONS), sample.direction)) refused++;
    }
    expect(refused).toBeGreaterThan(10_000);
  });

  test('20,000 frames of noise', () => {
    const maker = new PacketMaker(123);
    let refused = 0;
    for (let i = 0; i < 20_000; i++) {
      const body = maker.bytes(60);
      const frame = Uint8Array.of(maker.below(256), body.length, ...body);
      if (survives(frame, maker.pick(VERSIONS), 'to-broker')) refused++;
    }
    expect(refused).toBeGreaterThan(15_000);
  });

  test('a frame of nothing', () => {
    expect(isViolation(parsePacket(new Uint8Array(0), 4, 'to-broker'))).toBe(true);
    expect(fieldsOf(new Uint8Array(0), 4, 'to-broker')).toEqual([]);
  });
});

test('reserved CONNACK flags are seen, and 3.1 leaves them undefined', () => {
  expect(parsePacket(hex('20020200'), 4, 'to-client')).toMatchObject({ rule: 'connack-flags' });
  expect(parsePacket(hex('20020200'), 3, 'to-client')).toMatchObject({ kind: 'CONNACK' });
});

describe('packetOf', () => {
  const entry = (bytes: Uint8Array): PacketEntry => ({
    type: 'packet',
    n: 1,
    at: 0,
    line: 1,
    direction: 'to-broker',
    version: 4,
    bytes,
    fate: 'passed',
  });
  test('decodes once', () => {
    const one = entry(hex('c000'));
    expect(packetOf(one)).toBe(packetOf(one));
    expect(packetOf(one)).toEqual({ kind: 'PINGREQ', version: 4, length: 2 });
  });
  test('says what is wrong with bytes that are no packet', () => {
    expect(() => packetOf(entry(hex('c100')))).toThrow('entry 1 breaks the rule header-flags');
  });
});

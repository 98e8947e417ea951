import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { propertyShapes } from '../mqtt/properties.ts';
import type { PacketKind } from '../protocol/mqtt.ts';
import { reasonCodesOf, reasonKey } from '../mqtt/reason-codes.ts';
import { ruleIds, ruleOf, violation } from '../mqtt/rules/index.ts';

const KINDS: PacketKind[] = [
  'CONNACK',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBACK',
  'UNSUBACK',
  'DISCONNECT',
  'AUTH',
];
const words = (language: string): Record<string, string> =>
  JSON.parse(
    readFileSync(new URL(`../../src/i18n/${language}/wire.json`, import.meta.url), 'utf8'),
  ) as Record<string, string>;

describe.each(['en', 'zh-tw'])('words of the wire in %s', (language) => {
  const texts = words(language);
  test('every rule, and no rule that is gone', () => {
    const keys = Object.keys(texts).filter((key) => key.startsWith('rule.'));
    expect(keys.toSorted()).toEqual(ruleIds.map((id) => `rule.${id}`).toSorted());
  });
  test('every property', () => {
    const keys = Object.keys(texts).filter((key) => key.startsWith('property.'));
    expect(keys.toSorted()).toEqual(
      [...propertyShapes.values()].map(({ name }) => `property.${name}`).toSorted(),
    );
  });
  test('every reason code of every packet and version', () => {
    for (const version of [4, 5] as const) {
      for (const kind of KINDS) {
        for (const code of reasonCodesOf(kind, version)) {
          expect(texts[reasonKey(kind, version, code)], `${kind} ${code}`).toBeTruthy();
        }
      }
    }
  });
  test('nothing is empty', () => {
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

test('rules name a statement or a section, and a reason code of 5.0', () => {
  for (const id of ruleIds) {
    for (const version of [3, 4, 5] as const) {
      expect(violation(id, version).statement).toMatch(
        /^(MQTT-\d(\.\d+)+-\d+|section \d(\.\d+)+)$/,
      );
    }
    expect(violation(id, 5).reasonCode).toBeGreaterThanOrEqual(0x80);
    // What goes over the wire stays far below the smallest packet that a client may ask for.
    expect(ruleOf(id).reason.length).toBeLessThan(80);
  }
});

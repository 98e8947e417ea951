import { describe, expect, test } from 'vitest';
import { arm, decide, withConditions, type Passing } from './faults.ts';
import type { FaultRule } from '../protocol/faults.ts';

const puback: Passing = { direction: 'to-client', kind: 'PUBACK', name: 'sensor', clientId: 's1' };
const drop: FaultRule = { direction: 'to-client', kind: 'PUBACK', action: { do: 'drop' } };

describe('which packets a rule concerns', () => {
  const cases: [string, Partial<FaultRule>, Partial<Passing>, boolean][] = [
    ['kind and direction', {}, {}, true],
    ['another kind', {}, { kind: 'PUBREC' }, false],
    ['another direction', {}, { direction: 'to-broker' }, false],
    ['any kind', { kind: undefined }, { kind: 'PINGRESP' }, true],
    ['a name', { client: 'sensor' }, {}, true],
    ['a client id', { client: 's1' }, {}, true],
    ['another client', { client: 'phone' }, {}, false],
    ['a client before its name is known', { client: 's1' }, { name: undefined, clientId: undefined }, false],
  ]; // prettier-ignore
  test.each(cases)('%s', (_, rule, packet, strikes) => {
    const decision = decide(arm([{ ...drop, ...rule }]), { ...puback, ...packet });
    expect(decision.do).toBe(strikes ? 'drop' : 'pass');
  });
});

const run = (rules: FaultRule[], count: number): string[] => {
  const armed = arm(rules);
  return Array.from({ length: count }, () => decide(armed, puback).do);
};

test('a rule strikes once unless it says otherwise', () => {
  expect(run([drop], 3)).toEqual(['drop', 'pass', 'pass']);
  expect(run([{ ...drop, times: 2 }], 3)).toEqual(['drop', 'drop', 'pass']);
});

test('`after` lets so many pass first', () => {
  expect(run([{ ...drop, after: 2 }], 4)).toEqual(['pass', 'pass', 'drop', 'pass']);
});

test('of two rules the first strikes first, and both count', () => {
  const cut: FaultRule = { ...drop, after: 1, action: { do: 'cut' } };
  expect(run([drop, cut], 3)).toEqual(['drop', 'cut', 'pass']);
});

test('link conditions: frozen before loss before latency', () => {
  const client = 'sensor';
  expect(withConditions({ client, frozen: true, loss: 1, latencyMs: 5 }, () => 0)).toEqual({
    do: 'freeze',
  });
  expect(withConditions({ client, loss: 0.3, latencyMs: 5 }, () => 0.29)).toEqual({ do: 'drop' });
  expect(withConditions({ client, loss: 0.3, latencyMs: 5 }, () => 0.3)).toEqual({
    do: 'delay',
    ms: 5,
  });
  const jitter = { client, latencyMs: 50, jitterMs: 150 };
  expect(withConditions(jitter, () => 0)).toEqual({ do: 'delay', ms: 50 });
  expect(withConditions(jitter, () => 1)).toEqual({ do: 'delay', ms: 200 });
  expect(withConditions({ client }, () => 0)).toEqual({ do: 'pass' });
});

import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../../sandbox/protocol/faults.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { ClientLines } from '../../trace/clients.ts';
import { type FaultChoice, kindsOf, ruleOf } from './fault-choice.ts';
import { type Armed, kindOfHit, FaultHits } from './strikes.ts';

const choice: FaultChoice = {
  ...{ client: 'sensor', direction: 'to-client', kind: 'PUBACK', after: 0 },
  ...{ action: 'drop-and-cut', ms: 500 },
};
describe('what is chosen becomes a rule', () => {
  const cases: [change: Partial<FaultChoice>, rule: FaultRule][] = [
    [{}, { client: 'sensor', direction: 'to-client', kind: 'PUBACK', action: { do: 'drop-and-cut' } }],
    [{ kind: '' }, { client: 'sensor', direction: 'to-client', action: { do: 'drop-and-cut' } }],
    [
      { action: 'delay', ms: 99_999, after: 2.4 },
      { client: 'sensor', direction: 'to-client', kind: 'PUBACK', after: 2, action: { do: 'delay', ms: 10_000 } },
    ],
    [{ after: NaN, kind: 'CONNECT' }, { client: 'sensor', direction: 'to-client', action: { do: 'drop-and-cut' } }],
    [{ after: -3, action: 'cut' }, { client: 'sensor', direction: 'to-client', kind: 'PUBACK', action: { do: 'cut' } }],
  ]; // prettier-ignore
  test.each(cases)('%j', (change, rule) => expect(ruleOf({ ...choice, ...change })).toEqual(rule));

  test('no kind goes a way that it never goes', () => {
    expect(kindsOf['to-broker']).not.toContain('CONNACK');
    expect(kindsOf['to-client']).not.toContain('PINGREQ');
  });
});

/** A run in which the rules stand armed. */
async function struck(rules: FaultRule[]): Promise<{ strikes: FaultHits; armed: Armed[] }> {
  const entries = await record(rules, async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor-1');
    for (let i = 1; i <= 4; i += 1) {
      sensor.publish('t', `${i}`, { qos: 1, messageId: i });
    }
    await stage.until(
      (seen) => seen.filter((entry) => entry.type === 'fault').length >= (rules[0]!.times ?? 1),
    );
  });
  const armed = rules.map((rule, id): Armed => ({ id, rule }));
  const strikes = new FaultHits();
  const lines = new ClientLines();
  for (const entry of entries) lines.add(entry);
  strikes.sync({ generation: 1, entries }, armed, () => lines);
  return { strikes, armed };
}

test('a rule that struck is used up, and says which packet it was', async () => {
  const rule = ruleOf({ ...choice, after: 1 });
  const { strikes, armed } = await struck([rule, ruleOf({ ...choice, action: 'delay' })]);
  expect(strikes.list).toHaveLength(2);
  const [drop] = strikes.list.filter(({ action }) => action === 'drop-and-cut');
  expect(armed[0]!.struck).toBe(drop);
  expect(kindOfHit(drop!)).toBe('PUBACK');
  expect(drop!.packet).toMatchObject({ direction: 'to-client', fate: 'dropped' });
  expect([...drop!.packet!.bytes]).toEqual([0x40, 2, 0, 2]);
  expect(armed[1]!.struck?.action).toBe('delay');
}); // prettier-ignore

test('the same again and again is one row with a count', async () => {
  const rule: FaultRule = { ...ruleOf({ ...choice, action: 'drop' }), times: 4 };
  const { strikes } = await struck([rule]);
  const row = strikes.list.at(-1)!;
  expect(strikes.list.reduce((sum, { times }) => sum + times, 0)).toBe(4);
  expect(row.times).toBeGreaterThan(1);
});

test('a cut line was struck without a packet; another run begins anew', () => {
  const cut: TraceEntry = { type: 'fault', n: 1, at: 5, line: 3, action: 'cut' };
  const armed: Armed[] = [{ id: 1, rule: ruleOf({ ...choice, action: 'cut' }) }];
  const strikes = new FaultHits();
  strikes.sync({ generation: 1, entries: [cut] }, armed, () => new ClientLines());
  expect(strikes.list).toMatchObject([{ line: 3, action: 'cut', at: 5 }]);
  expect(armed[0]!.struck).toBeUndefined();
  expect(strikes.sync({ generation: 2, entries: [] }, armed, () => new ClientLines())).toBe(true);
  expect(strikes.list).toEqual([]);
});

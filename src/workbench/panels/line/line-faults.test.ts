import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../../sandbox/protocol/faults.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { ClientLines } from '../../trace/clients.ts';
import {
  changedDraft,
  type FaultChoice,
  firstDraft,
  kindsOf,
  faultRuleOf,
} from './fault-choice.ts';
import { type ArmedRule, FaultHits, kindOfHit } from './fault-hits.ts';

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
  test.each(cases)('%j', (change, rule) =>
    expect(faultRuleOf({ ...choice, ...change })).toEqual(rule),
  );

  test('no kind goes a way that it never goes', () => {
    expect(kindsOf['to-broker']).not.toContain('CONNACK');
    expect(kindsOf['to-client']).not.toContain('PINGREQ');
  });
});

test('a kind that does not go in a new direction gives way; any other is kept', () => {
  const change = (kind: FaultChoice['kind']) =>
    changedDraft({ ...firstDraft, kind }, { direction: 'to-broker' }).kind;
  expect([change('PUBACK'), change(''), change('CONNACK')]).toEqual(['PUBACK', '', 'PUBLISH']);
  expect(changedDraft(firstDraft, { action: 'cut' })).toEqual({ ...firstDraft, action: 'cut' });
});

/** The hits in a run with these rules armed. */
async function hitsOf(rules: FaultRule[]): Promise<{ hits: FaultHits; armed: ArmedRule[] }> {
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
  const armed = rules.map((rule, id): ArmedRule => ({ id, rule }));
  const hits = new FaultHits();
  const lines = new ClientLines();
  for (const entry of entries) lines.add(entry);
  hits.sync({ generation: 1, entries }, armed, () => lines);
  return { hits, armed };
}

test('a rule that hit is used up, and its hit has the packet', async () => {
  const rule = faultRuleOf({ ...choice, after: 1 });
  const { hits, armed } = await hitsOf([rule, faultRuleOf({ ...choice, action: 'delay' })]);
  expect(hits.list).toHaveLength(2);
  const [drop] = hits.list.filter(({ action }) => action === 'drop-and-cut');
  expect(armed[0]!.hit).toBe(drop);
  expect(kindOfHit(drop!)).toBe('PUBACK');
  expect(drop!.packet).toMatchObject({ direction: 'to-client', fate: 'dropped' });
  expect([...drop!.packet!.bytes]).toEqual([0x40, 2, 0, 2]);
  expect(armed[1]!.hit?.action).toBe('delay');
}); // prettier-ignore

test('the same again and again is one row with a count', async () => {
  const rule: FaultRule = { ...faultRuleOf({ ...choice, action: 'drop' }), times: 4 };
  const { hits } = await hitsOf([rule]);
  const row = hits.list.at(-1)!;
  expect(hits.list.reduce((sum, { times }) => sum + times, 0)).toBe(4);
  expect(row.times).toBeGreaterThan(1);
});

test('a cut of a line has no packet; another run begins anew', () => {
  const cut: TraceEntry = { type: 'fault', n: 1, at: 5, line: 3, action: 'cut' };
  const armed: ArmedRule[] = [{ id: 1, rule: faultRuleOf({ ...choice, action: 'cut' }) }];
  const hits = new FaultHits();
  hits.sync({ generation: 1, entries: [cut] }, armed, () => new ClientLines());
  expect(hits.list).toMatchObject([{ line: 3, action: 'cut', at: 5 }]);
  expect(armed[0]!.hit).toBeUndefined();
  hits.sync({ generation: 2, entries: [] }, armed, () => new ClientLines());
  expect(hits.list).toEqual([]);
});

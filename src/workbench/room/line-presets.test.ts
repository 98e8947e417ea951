import { expect, test } from 'vitest';
import english from '../../i18n/en/presets.json' with { type: 'json' };
import chinese from '../../i18n/zh-tw/presets.json' with { type: 'json' };
import { linkConditions } from '../../../sandbox/protocol/faults.ts';
import { record } from '../../../sandbox/testing/recording.ts';
import { safeParse } from 'valibot';
import { Emitter } from '../store/emitter.ts';
import { LineConditions } from './line-conditions.ts';
import { applyPreset, type PresetName, presetNames, presets } from './line-presets.ts';
import type { RoomEvent } from './room.ts';

test.each(presetNames)('%s: its text says its numbers, in both languages', (name) => {
  const { loss = 0, latencyMs = 0, jitterMs = 0 } = presets[name].conditions;
  for (const words of [english, chinese] as Record<string, string>[]) {
    const numbers = (words[`presets.${name}.does`]!.match(/\d+/g) ?? []).map(Number);
    expect(numbers.includes(loss * 100)).toBe(loss > 0);
    if (latencyMs > 0) expect(numbers).toContain(latencyMs);
    if (jitterMs > 0) expect(numbers).toContain(latencyMs + jitterMs);
  }
  expect(safeParse(linkConditions, { client: 'c', ...presets[name].conditions }).success).toBe(
    true,
  );
});

/** A real room behind the page's own model of the conditions. */
const withRoom = (act: (use: {
  put(name: PresetName | undefined): Promise<void>;
  conditions: LineConditions;
  stage: Parameters<Parameters<typeof record>[1]>[0];
}) => Promise<void>) =>
  record([], async (stage) => {
    const events = new Emitter<RoomEvent>();
    const conditions = new LineConditions({
      subscribe: (listener) => events.subscribe(listener),
      setConditions: async (wanted) => stage.setConditions(wanted),
    });
    const room = { cut: async (client: string) => stage.room.cut(client) };
    await act({ stage, conditions, put: (name) => applyPreset({ conditions, room }, 'sensor', name) });
  }); // prettier-ignore

test('a power cut ends the connection without DISCONNECT; nobody comes in before it is undone', async () => {
  const entries = await withRoom(async ({ put, conditions, stage }) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    await put('power');
    expect(conditions.presetOf('sensor')).toBe('power');
    await sensor.ended();
    const again = stage.wire('sensor');
    again.send(again.connectPacket('sensor'));
    await stage.until((seen) => seen.some((entry) => entry.type === 'packet' && entry.fate === 'dropped')); // prettier-ignore
    await put(undefined);
    expect([conditions.presetOf('sensor'), conditions.of('sensor')]).toMatchObject([undefined, { loss: 0 }]); // prettier-ignore
    await stage.wire('sensor').connect('sensor');
  });
  const closed = entries.find((entry) => entry.type === 'line-closed');
  expect(closed).toMatchObject({ by: 'fault' });
});

test('one preset is put in the place of another, and what a person changes by hand has no name', async () => {
  await withRoom(async ({ put, conditions, stage }) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    await put('lift');
    await put('satellite');
    expect(conditions.of('sensor')).toMatchObject({ frozen: false, latencyMs: 300, loss: 0 });
    await conditions.change({ client: 'sensor', loss: 0.5 });
    expect(conditions.presetOf('sensor')).toBeUndefined();
    await put('wifi');
    expect(conditions.of('sensor')).toMatchObject({ loss: 0.2, latencyMs: 50, jitterMs: 150 });
  });
});

import { expect, test } from 'vitest';
import { record } from '../../../../sandbox/testing/recording.ts';
import { createWords } from '../../i18n/words.ts';
import { OutputItems } from './output-items.ts';
import { whoIsThere } from './who.ts';

const words = createWords({});
const cast = {
  devices: ['lamp', 'sensor'],
  actors: [
    { name: 'guard', subscribes: ['alarm/#'] },
    { name: 'clock', subscribes: [] },
  ],
};
const synced = (entries: Awaited<ReturnType<typeof record>>) => {
  const items = new OutputItems();
  items.sync({ generation: 1, entries, lines: [], linesLeftOut: 0 });
  return items;
};

test('before a run: the listeners of the scene with their filters, and the programs', () => {
  expect(whoIsThere(cast, synced([]), words)).toEqual([
    { name: 'guard', role: 'subscriber', filters: ['alarm/#'], received: 0 },
    { name: 'lamp', role: 'client', filters: [], received: 0 },
    { name: 'sensor', role: 'client', filters: [], received: 0 },
  ]);
});

test('filters are what the broker granted and the client has not given up; what was lost is not received', async () => {
  const drop = { direction: 'to-client', kind: 'PUBLISH', action: { do: 'drop' } } as const;
  const entries = await record([drop], async (stage) => {
    const lamp = stage.device('lamp');
    await lamp.subscribeAsync(['lamp/#', 'other'], { qos: 0 });
    await lamp.unsubscribeAsync('other');
    const got = new Promise((resolve) => lamp.once('message', resolve));
    const sensor = stage.device('sensor');
    await sensor.publishAsync('lamp/state', 'lost', { qos: 1 });
    await sensor.publishAsync('lamp/state', 'heard', { qos: 1 });
    await got;
  });
  const who = whoIsThere({ ...cast, actors: [] }, synced(entries), words);
  expect(who).toEqual([
    { name: 'lamp', role: 'subscriber', filters: ['lamp/#'], received: 1 },
    { name: 'sensor', role: 'publisher', filters: [], received: 0 },
  ]);
});

test('a client that reconnects is one, and its counts are added', async () => {
  const entries = await record([], async (stage) => {
    for (const text of ['one', 'two']) {
      const lamp = stage.wire('lamp');
      await lamp.connect('lamp');
      await lamp.subscribe('#');
      lamp.publish('a', text);
      await lamp.next('publish');
    }
  });
  const who = whoIsThere({ devices: [], actors: [] }, synced(entries), words);
  // The second connection took the place of the first: each has received one.
  expect(who).toEqual([{ name: 'lamp', role: 'both', filters: ['#'], received: 2 }]);
});

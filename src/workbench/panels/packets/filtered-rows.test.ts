import { expect, test } from 'vitest';
import { record } from '../../../../sandbox/testing/recording.ts';
import { createWords } from '../../i18n/words.ts';
import { PacketRows } from '../../trace/packet-rows.ts';
import { everything } from './packet-filter.ts';
import { FilteredRows } from './filtered-rows.ts';

test('grows with the rows, begins anew where they did, and knows the clients', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    for (let i = 1; i <= 10; i += 1) sensor.publish(i % 2 ? 'odd' : 'even', `${i}`);
    await sensor.ping();
  });
  const rows = new PacketRows();
  const shown = new FilteredRows(rows, createWords({}));
  const sync = (to: number, leftOut = 0) =>
    shown.sync(
      rows.sync({ generation: 1, entries: entries.slice(leftOut, to), entriesLeftOut: leftOut }),
    );
  sync(5);
  expect(shown.entries).toBe(rows.entries);
  shown.filter({ ...everything, topic: 'odd' });
  for (let to = 5; to <= entries.length; to += 1) sync(to);
  expect(shown.entries).toHaveLength(5);
  expect(shown.known).toEqual([{ name: 'sensor', role: 'publisher' }]);
  const first = shown.entries[0]!.n;
  sync(entries.length, first);
  expect(shown.entries).toHaveLength(4);
  shown.filter(everything);
  expect(shown.entries).toBe(rows.entries);
});

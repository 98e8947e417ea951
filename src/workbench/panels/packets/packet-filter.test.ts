import { beforeAll, expect, test } from 'vitest';
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { createWords } from '../../i18n/words.ts';
import { PacketRows, type RowEntry } from '../../trace/packet-rows.ts';
import { asksNothing, everything, isWanted, type PacketFilter } from './packet-filter.ts';

let rows: PacketRows;
beforeAll(async () => {
  const rule = { direction: 'to-client', kind: 'PUBACK', action: { do: 'drop' } } as const;
  const entries = await record([rule], async (stage) => {
    const lamp = stage.wire('lamp');
    await lamp.connect('lamp');
    await lamp.subscribe('lamp/+');
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    sensor.publish('lamp/state', 'on', { qos: 1, messageId: 1 });
    sensor.publish('home/lamp', 'off');
    await sensor.ping();
    sensor.publish('lamp/#', 'refused');
    await sensor.ended();
  });
  rows = new PacketRows();
  rows.sync({ generation: 1, entries, entriesLeftOut: 0 });
});
const nameOf = (entry: RowEntry) =>
  entry.type === 'packet' ? kindOf(entry.bytes[0]!) : entry.type;
const wanted = (filter: Partial<PacketFilter>) =>
  rows.entries
    .filter((entry) => isWanted(entry, { ...everything, ...filter }, rows.lines, createWords({})))
    .map((entry) => nameOf(entry));

test.each<[Partial<PacketFilter>, string]>([
  [{ kind: 'PUBLISH' }, 'PUBLISH PUBLISH PUBLISH refused'],
  [{ kind: 'PUBLISH', topic: 'lamp' }, 'PUBLISH PUBLISH PUBLISH'],
  [{ topic: 'home' }, 'PUBLISH'],
  [{ topic: 'lamp/+' }, 'SUBSCRIBE PUBLISH PUBLISH'],
  [{ topic: '+/lamp' }, 'PUBLISH'],
  [{ topic: 'lamp+' }, ''],
  [{ topic: 'nothing' }, ''],
  [{ client: 'lamp', kind: 'subscriptions' }, 'SUBSCRIBE SUBACK'],
  [{ client: 'sensor', kind: 'subscriptions' }, ''],
  [{ kind: 'pings' }, 'PINGREQ PINGRESP'],
  [{ kind: 'trouble' }, 'PUBACK fault refused line-closed'],
  [{ client: 'nobody' }, ''],
])('%j: %s', (filter, kinds) => {
  expect(wanted(filter).join(' ')).toBe(kinds);
});

test('an empty filter asks for nothing, and lets all through', () => {
  expect(asksNothing(everything)).toBe(true);
  expect(asksNothing({ ...everything, topic: 'a' })).toBe(false);
  expect(wanted({})).toHaveLength(rows.entries.length);
});

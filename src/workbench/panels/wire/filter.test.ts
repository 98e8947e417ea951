import { beforeAll, expect, test } from 'vitest';
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import { everything, isShown, type WireFilter } from './filter.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { WireRows } from './wire-rows.ts';

let trace: WireRows;
beforeAll(async () => {
  const entries = await record(
    [{ client: 'sensor', direction: 'to-broker', kind: 'PUBLISH', after: 1, action: { do: 'drop' } }],
    async (stage) => {
      const phone = stage.wire('phone');
      await phone.connect('phone');
      await phone.subscribe('home/+/temperature', 1);
      await phone.ping();
      const sensor = stage.wire('sensor');
      await sensor.connect('sensor');
      sensor.publish('home/kitchen/temperature', '21', { qos: 1, messageId: 1 });
      await sensor.next('puback');
      sensor.publish('home/lost', '21');
      sensor.publish('garden', '21');
      await sensor.ping();
    },
  );
  trace = new WireRows();
  trace.sync({ generation: 1, entries, entriesLeftOut: 0 });
}); // prettier-ignore

function kinds(filter: Partial<WireFilter>): string {
  const client = filter.client && trace.columns.all.find(({ name }) => name === filter.client)!.key;
  const wanted = { ...everything, ...filter, ...(client && { client }) };
  return trace.rows
    .filter((row) => isShown(row, wanted, trace.columns))
    .map(({ entry }) => (entry.type === 'packet' ? kindOf(entry.bytes[0]!) : entry.type))
    .join(' ');
}

test.each<[Partial<WireFilter>, string]>([
  [{ kind: 'subscriptions' }, 'SUBSCRIBE SUBACK'],
  [{ kind: 'PUBACK' }, 'PUBACK'],
  [{ kind: 'pings' }, 'PINGREQ PINGRESP PINGREQ PINGRESP'],
  [{ kind: 'trouble' }, 'PUBLISH'],
  [{ client: 'phone', kind: 'connections' }, 'line-opened CONNECT CONNACK'],
  [{ client: 'phone', kind: 'messages' }, 'PUBLISH'],
  // PUBACK has no topic of its own: it belongs to the PUBLISH.
  [{ client: 'sensor', topic: 'home/+/temperature' }, 'PUBLISH PUBACK'],
  [{ client: 'sensor', topic: 'home/#' }, 'PUBLISH PUBACK PUBLISH'],
  [{ client: 'sensor', topic: 'ard' }, 'PUBLISH'],
  // Who would hear it.
  [{ client: 'phone', topic: 'home/kitchen/temperature' }, 'SUBSCRIBE PUBLISH'],
  [{ topic: 'nowhere' }, ''],
])('%j', (filter, expected) => expect(kinds(filter)).toBe(expected));

test('without pings everything else is there', () => {
  const all = kinds({}).split(' ');
  expect(kinds({ kind: 'no-pings' }).split(' ')).toEqual(all.filter((kind) => !kind.startsWith('PING')));
}); // prettier-ignore

import { beforeAll, describe, expect, test } from 'vitest';
import english from '../../../i18n/en/wire-panel.json' with { type: 'json' };
import workbench from '../../../i18n/en/workbench.json' with { type: 'json' };
import type { FaultRule } from '../../../../sandbox/protocol/faults.ts';
import type { Direction, PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import { createWords } from '../../i18n/words.ts';
import { heldSentences, sentenceOf } from './describe.ts';
import { holdAt } from './exchanges.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { type WireRow, WireRows } from './wire-rows.ts';

const words = createWords(english, workbench);
const dropAndCut = (client: string, direction: Direction, kind: PacketKind): FaultRule => ({
  client,
  direction,
  kind,
  action: { do: 'drop-and-cut' },
});

function traceOf(entries: readonly TraceEntry[]): WireRows {
  const trace = new WireRows();
  trace.sync({ generation: 1, entries, entriesLeftOut: 0 });
  return trace;
}
/** `sensor PUBLISH`: one row each, with who sent it; `!` where it was lost. */
function inExchange(trace: WireRows, id: number): string[] {
  return trace.rows.filter(({ exchange }) => exchange?.id === id).map(({ entry }) => {
    if (entry.type !== 'packet') throw new Error(`${entry.type} in an exchange`);
    const who = entry.direction === 'to-broker' ? trace.columns.of(entry.line)!.name : 'broker';
    return `${who} ${kindOf(entry.bytes[0]!)}${entry.fate === 'dropped' ? '!' : ''}`;
  }); // prettier-ignore
}
const heldAfter = (trace: WireRows, row: WireRow): string[] =>
  heldSentences(row.exchange!, row.n, trace.columns, words).map(({ text }) => text);
const packetsOf = (entries: readonly TraceEntry[], kind: PacketKind): number =>
  entries.filter((entry) => entry.type === 'packet' && kindOf(entry.bytes[0]!) === kind).length;

describe('QoS 1, PUBACK lost and the line cut', () => {
  let trace: WireRows;
  beforeAll(async () => {
    const entries = await record([dropAndCut('sensor', 'to-client', 'PUBACK')], async (stage) => {
      await stage.device('sensor').publishAsync('reading', '21', { qos: 1 });
    });
    trace = traceOf(entries);
  });

  test('is one exchange across both lines', () => {
    expect(inExchange(trace, 1)).toEqual([
      'sensor PUBLISH',
      'broker PUBACK!',
      'sensor PUBLISH',
      'broker PUBACK',
    ]);
    expect(trace.rows.some(({ exchange }) => exchange?.id === 2)).toBe(false);
  });
  test('says who holds what after each packet', () => {
    const [publish, lost, again, done] = trace.rows.filter(({ exchange }) => exchange);
    const id = publish!.exchange!.packetId;
    const holds = `sensor holds packet ${id} until PUBACK.`;
    expect(heldAfter(trace, publish!)).toEqual([holds, `The broker has packet ${id} and must answer PUBACK.`]);
    expect(heldAfter(trace, lost!)).toEqual([holds]);
    expect(heldAfter(trace, again!)[0]).toBe(holds);
    expect(heldAfter(trace, done!)).toEqual([`Packet ${id} is finished: neither side holds anything for it.`]);
  }); // prettier-ignore
  test('is open from its first packet to its last, while the line is down too', () => {
    const open = trace.rows.map(({ after }) => after.exchanges.count);
    const first = trace.rows.findIndex(({ exchange }) => exchange);
    const last = trace.rows.findLastIndex(({ exchange }) => exchange);
    expect(open.map((count, i) => count === (i >= first && i < last ? 1 : 0))).not.toContain(false);
  });
  test('the row that was struck names the fault, in its sentence too', () => {
    const struck = trace.rows.find(({ fault }) => fault)!;
    expect(struck.fault).toBe('drop-and-cut');
    expect(sentenceOf(struck, trace, words)).toMatch(
      /^\d+\.\d{3} s, the broker to sensor, PUBACK, packet \d+, dropped, connection cut\. sensor holds packet \d+ until PUBACK\.$/,
    );
  });
});

test.each([
  ['to-broker', 'PUBLISH', 'sensor PUBLISH!, sensor PUBLISH, broker PUBREC, sensor PUBREL, broker PUBCOMP'],
  ['to-client', 'PUBREC', 'sensor PUBLISH, broker PUBREC!, sensor PUBLISH, broker PUBREC, sensor PUBREL, broker PUBCOMP'],
  ['to-broker', 'PUBREL', 'sensor PUBLISH, broker PUBREC, sensor PUBREL!, sensor PUBREL, broker PUBCOMP'],
  ['to-client', 'PUBCOMP', 'sensor PUBLISH, broker PUBREC, sensor PUBREL, broker PUBCOMP!, sensor PUBREL, broker PUBCOMP'],
] as const)('QoS 2, %s %s lost and the line cut: one exchange', async (direction, kind, packets) => {
  const entries = await record([dropAndCut('sensor', direction, kind)], async (stage) => {
    await stage.device('sensor').publishAsync('reading', '21', { qos: 2 });
  });
  const trace = traceOf(entries);
  expect(inExchange(trace, 1).join(', ')).toBe(packets);
  const { exchange, n } = trace.rows.findLast((row) => row.exchange)!;
  expect(holdAt(exchange!, n)).toEqual({ sender: 'nothing', receiver: 'nothing' });
  expect(trace.rows.at(-1)!.after.exchanges.count).toBe(0);
}); // prettier-ignore

test('QoS 2 from the broker: both directions use the same identifier and are told apart', async () => {
  const entries = await record([dropAndCut('phone', 'to-broker', 'PUBCOMP')], async (stage) => {
    const phone = stage.device('phone');
    await phone.subscribeAsync('reading', { qos: 2 });
    await phone.publishAsync('reading', '21', { qos: 2 });
    await stage.until((seen) => packetsOf(seen, 'PUBCOMP') >= 3);
  });
  const trace = traceOf(entries);
  const exchanges = [...new Set(trace.rows.map(({ exchange }) => exchange).filter(Boolean))];
  expect(exchanges.map((exchange) => exchange!.sender).sort()).toEqual(['broker', 'client']);
  const fromBroker = exchanges.find((exchange) => exchange!.sender === 'broker')!;
  expect(inExchange(trace, fromBroker.id)).toEqual([
    'broker PUBLISH',
    'phone PUBREC',
    'broker PUBREL',
    'phone PUBCOMP!',
    'broker PUBREL',
    'phone PUBCOMP',
  ]);
  const lost = trace.rows.find(({ fault }) => fault)!;
  const id = fromBroker.packetId;
  expect(heldAfter(trace, lost)).toEqual([
    `The broker holds the number ${id} until PUBCOMP: only PUBREL is sent again, not the message.`,
  ]);
});

test('the broker holds a QoS 2 packet until PUBREL', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor', { clean: false });
    sensor.publish('reading', '21', { qos: 2, messageId: 7 });
    await sensor.next('pubrec');
  });
  const trace = traceOf(entries);
  const row = trace.rows.findLast(({ exchange }) => exchange)!;
  expect(heldSentences(row.exchange!, row.n, trace.columns, words)).toEqual([
    { text: 'sensor has PUBREC for packet 7 and must answer PUBREL.', statement: 'MQTT-4.3.3-1' },
    { text: 'The broker holds packet 7 until PUBREL: a second copy would not count.', statement: 'MQTT-4.3.3-2' },
  ]);
}); // prettier-ignore

test('a clean session takes what was unfinished with it when its line closes', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor', { clean: true });
    sensor.publish('reading', '21', { qos: 2, messageId: 7 });
    await sensor.next('pubrec');
    sensor.stream.destroy();
    await stage.until((seen) => seen.some(({ type }) => type === 'line-closed'));
  });
  const trace = traceOf(entries);
  const publish = trace.rows.find(({ exchange }) => exchange)!;
  const closed = trace.rows.find(({ entry }) => entry.type === 'line-closed')!;
  expect([closed.before.exchanges.count, closed.after.exchanges.count]).toEqual([1, 0]);
  expect(heldSentences(publish.exchange!, closed.n, trace.columns, words)).toEqual([
    { text: 'The session ended before packet 7 was finished: neither side has to send it again.' },
  ]);
});

test('a frozen line holds packets back; once it thaws they have arrived', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor', { clean: false });
    stage.setConditions({ client: 'sensor', frozen: true });
    sensor.publish('reading', '21', { qos: 1, messageId: 7 });
    await stage.until((seen) => packetsOf(seen, 'PUBLISH') === 1);
    stage.setConditions({ client: 'sensor', frozen: false });
    await sensor.next('puback');
    await sensor.ping();
  });
  const trace = traceOf(entries);
  const [publish, puback] = trace.rows.filter(({ exchange }) => exchange);
  expect(publish!.entry).toMatchObject({ fate: 'held' });
  const line = 'line' in publish!.entry ? publish!.entry.line! : 0;
  expect(publish!.after.lines.get(line)).toBe('frozen');
  expect(heldAfter(trace, publish!)).toEqual(['sensor holds packet 7 until PUBACK.']);
  expect(holdAt(puback!.exchange!, puback!.n).sender).toBe('nothing');
  expect(trace.rows.at(-1)!.after.lines.get(line)).toBe('open');
});

test('an identifier used again without DUP is another message; an answer to nothing is nothing', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor', { clean: false });
    for (const text of ['1', '2']) {
      sensor.publish('reading', text, { qos: 1, messageId: 7 });
      await sensor.next('puback');
    }
  });
  const trace = traceOf(entries);
  expect(inExchange(trace, 1)).toEqual(['sensor PUBLISH', 'broker PUBACK']);
  expect(inExchange(trace, 2)).toEqual(['sensor PUBLISH', 'broker PUBACK']);
  const orphan = traceOf(entries.filter((entry) => entry.type !== 'packet' || entry.bytes[0]! >> 4 !== 3));
  expect(orphan.rows.every(({ exchange }) => exchange === undefined)).toBe(true);
}); // prettier-ignore

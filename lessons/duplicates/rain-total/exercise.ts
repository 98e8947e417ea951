import { stopped } from '../../../sandbox/checks/errors.ts';
import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import {
  deliveredFrom,
  over,
  packets,
  published,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { visible } from '../../../sandbox/checks/steps.ts';

const READINGS = 5;
const TOTAL = 'weather/rain/total';

interface Reading {
  id: number;
  mm: number;
  packetId: number | undefined;
  dup: boolean;
  n: number;
}

const textOf = ({ packet }: Seen<PublishPacket>) => new TextDecoder().decode(packet.payload);

/** A payload is whatever a program makes of it: nothing but two numbers is a reading. */
function readingOf(seen: Seen<PublishPacket>): Reading[] {
  try {
    const { id, mm } = JSON.parse(textOf(seen)) as { id: unknown; mm: unknown };
    if (typeof id !== 'number' || typeof mm !== 'number') return [];
    const { packetId, dup } = seen.packet;
    return [{ id, mm, packetId, dup, n: seen.entry.n }];
  } catch {
    return [];
  }
}

/** What reached the station, in order, copies and all. */
const atStation = (view: View) => deliveredFrom(view, 'gauge', 'station', 'weather/rain');
const arrived = (view: View): Reading[] => atStation(view).flatMap(readingOf);

/** Ids of readings that arrived more than once. */
const copied = (readings: Reading[]): number[] => [
  ...new Set(
    readings
      .filter((one, at) => readings.findIndex(({ id }) => id === one.id) < at)
      .map(({ id }) => id),
  ),
];
const isComplete = (readings: Reading[]) =>
  new Set(readings.map(({ id }) => id)).size >= READINGS && copied(readings).length >= 2;

/** The station's totals, as it published them. */
const totals = (view: View) =>
  packets(view, {
    kind: 'PUBLISH',
    direction: 'to-broker',
    name: 'station',
    topic: TOTAL,
  }).map((seen) => ({ total: Number(textOf(seen)), n: seen.entry.n }));

/** What a station adds up that leaves out a reading for which `ignores` is true. */
const sum = (readings: Reading[], ignores: (one: Reading, before: Reading[]) => boolean): number =>
  readings.reduce((all, one, at) => (ignores(one, readings.slice(0, at)) ? all : all + one.mm), 0);
const byId = (one: Reading, before: Reading[]) => before.some(({ id }) => id === one.id);
const byAmount = (one: Reading, before: Reading[]) => before.some(({ mm }) => mm === one.mm);
const byLastAmount = (one: Reading, before: Reading[]) => before.at(-1)?.mm === one.mm;
const byPacketId = (one: Reading, before: Reading[]) =>
  before.some(({ packetId }) => packetId === one.packetId);
const byLastPacketId = (one: Reading, before: Reading[]) =>
  before.at(-1)?.packetId === one.packetId;
const byDup = (one: Reading) => one.dup;

/** The station's last word, once it has answered to the last reading that was news. */
function verdict(view: View): { total: number; right: number; readings: Reading[] } | undefined {
  const readings = arrived(view);
  if (!isComplete(readings)) return undefined;
  const news = readings.findLast((one, at) => !byId(one, readings.slice(0, at)))!;
  const last = totals(view).at(-1);
  const answered = last !== undefined && (last.n > news.n || over(view, 'station'));
  return answered ? { total: last.total, right: sum(readings, byId), readings } : undefined;
}

/** A total that is more than what had fallen by then: nobody has added it up. */
function ahead(view: View): { total: number; right: number } | undefined {
  const readings = arrived(view);
  for (const { total, n } of totals(view)) {
    const right = sum(
      readings.filter((one) => one.n < n),
      () => false,
    );
    if (total > right) return { total, right };
  }
  return undefined;
}

/** Where the total is wrong in just the way in which one of these would have made it. */
const wrongBy =
  (...ways: ((one: Reading, before: Reading[]) => boolean)[]) =>
  (view: View): HintValues | false => {
    const said = verdict(view);
    if (!said || said.total === said.right) return false;
    const { total, right, readings } = said;
    return ways.some((way) => sum(readings, way) === total) && { total, right };
  };

const exercise: Exercise = {
  devices: ['station.ts', 'gauge.ts'],
  scene: {
    faults: [
      // The broker has reading 2, and the gauge never hears of it: it publishes it again.
      {
        client: 'gauge',
        direction: 'to-client',
        kind: 'PUBACK',
        after: 1,
        action: { do: 'drop-and-cut' },
      },
      // The station has readings 1, 2, 2, 3 and 4; of the last the broker never hears.
      {
        client: 'station',
        direction: 'to-broker',
        kind: 'PUBACK',
        after: 4,
        action: { do: 'drop-and-cut' },
      },
    ],
  },
  checks: [
    {
      id: 'twice',
      holds: (view) => isComplete(arrived(view)),
      hints: [
        ...stopped('station'),
        {
          id: 'not-qos-1',
          when: (view) => {
            const other = [...published(view, 'gauge', 'weather/rain'), ...atStation(view)].find(
              ({ packet }) => packet.qos !== 1,
            );
            return other ? { qos: other.packet.qos } : false;
          },
        },
        {
          id: 'same-ids',
          when: (view) => {
            const sent = published(view, 'gauge', 'weather/rain').flatMap(readingOf);
            const [first] = sent;
            // Whatever is repeated comes with the same amount.
            const other = sent.find((one) => one.id === first?.id && one.mm !== first.mm);
            return other !== undefined && { id: other.id };
          },
        },
        {
          id: 'no-id',
          when: (view) => atStation(view).some((seen) => readingOf(seen).length === 0),
        },
        {
          id: 'station-left',
          when: (view) => {
            const where = { direction: 'to-broker', name: 'station' } as const;
            const [end] = packets(view, { kind: 'DISCONNECT', ...where });
            const isCopy =
              copied(arrived(view).filter(({ n }) => n < (end?.entry.n ?? 0))).length > 0;
            return over(view, 'station') && isCopy && totals(view).length > 0;
          },
        },
        {
          id: 'not-all',
          when: (view) => {
            const readings = arrived(view);
            const count = new Set(readings.map(({ id }) => id)).size;
            return over(view, 'station') && { count, copies: copied(readings).length };
          },
        },
      ],
    },
    {
      id: 'total',
      holds: (view) => {
        const said = verdict(view);
        return said !== undefined && said.total === said.right && ahead(view) === undefined;
      },
      hints: [
        {
          id: 'ahead',
          when: (view) => {
            const said = verdict(view);
            return said !== undefined && said.total === said.right && (ahead(view) ?? false);
          },
        },
        { id: 'counted-twice', when: wrongBy(() => false) },
        // The copies of reading 2 have two packet identifiers, and DUP 0 both (3.1.1, [MQTT-3.3.1-3]).
        { id: 'by-packet-id', when: wrongBy(byPacketId, byLastPacketId, byDup) },
        { id: 'by-what-all-share', when: wrongBy((_, before) => before.length > 0) },
        { id: 'by-amount', when: wrongBy(byAmount, byLastAmount) },
        {
          id: 'other-total',
          when: (view) => {
            const said = over(view, 'station') ? verdict(view) : undefined;
            return said ? { total: said.total, right: said.right } : false;
          },
        },
        {
          id: 'other-topic',
          when: (view) => {
            const other = published(view, 'station').find(
              ({ packet }) => packet.topic !== TOTAL && packet.topic !== 'weather/station',
            );
            const silent = totals(view).length === 0 && isComplete(arrived(view));
            return silent && other ? { topic: visible(other.packet.topic) } : false;
          },
        },
        {
          id: 'no-total',
          when: (view) =>
            over(view, 'station') && isComplete(arrived(view)) && totals(view).length === 0,
        },
      ],
    },
  ],
  proof: (view) => {
    const { total, readings } = verdict(view)!;
    return { total, arrived: readings.length };
  },
  predictions: [
    {
      id: 'how-to-tell',
      measure: (view) => {
        const readings = arrived(view);
        if (!isComplete(readings)) return undefined;
        // The copy that the publisher made: for the broker it is another message.
        const second = readings.find((one, at) => {
          const first = readings.slice(0, at).find(({ id }) => id === one.id);
          return first !== undefined && first.packetId !== one.packetId;
        });
        const first = readings.find(({ id }) => id === second?.id);
        if (!first || !second) return undefined;
        const values = { reading: first.id, first: first.packetId!, second: second.packetId! };
        return { answer: 2, values, entry: second.n };
      },
    },
  ],
};

export default exercise;

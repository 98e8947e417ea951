import { quote } from '../../../sandbox/checks/quote.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { steps, visible } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';

const HUT = 'hut';
const VALLEY = 'valley';
const TOPIC = 'hut/wind';
const READINGS = 20;
/** What CONNACK says, by `max_inflight_messages`. */
const WINDOW = 5;
/** With fewer at once the link is idle for most of the time. */
const SEVERAL = 3;
/** Milliseconds in which the next thing happens, if the hut sends and takes what comes. */
const QUIET = 2500;

/** Every PUBLISH of the hut, also one that the gate refused. */
const sent = (view: View) => packets(view, { kind: 'PUBLISH', direction: 'to-broker', name: HUT });
const readingOf = (payload: Uint8Array): number => {
  const [, digits] = /^reading (\d+)$/.exec(quote(payload)) ?? [];
  return digits === undefined ? NaN : Number(digits);
};
const isReading = ({ packet }: ReturnType<typeof sent>[number]) => {
  const n = readingOf(packet.payload);
  return packet.topic === TOPIC && n >= 1 && n <= READINGS;
};

/**
 * How many QoS 1 and 2 messages were unacknowledged at once on one connection, at most: up to PUBACK
 * or PUBCOMP, or a PUBREC with an error (5.0, section 4.9).
 */
function mostInFlight(view: View): number {
  const open = new Map<number, Set<number>>();
  let most = 0;
  const all = packets(view, { name: HUT });
  for (const { packet, entry, line } of all) {
    const ids = open.get(line.line) ?? new Set();
    open.set(line.line, ids);
    if (packet.kind === 'PUBLISH' && entry.direction === 'to-broker' && packet.qos > 0) {
      ids.add(packet.packetId!);
      most = Math.max(most, ids.size);
    }
    const isEnd =
      packet.kind === 'PUBACK' ||
      packet.kind === 'PUBCOMP' ||
      (packet.kind === 'PUBREC' && packet.reasonCode >= 0x80);
    if (isEnd && entry.direction === 'to-client') ids.delete(packet.packetId);
  }
  return most;
}

/** The readings that the broker has acknowledged: 1 … 20, each once. */
function acknowledged(view: View): ReadonlySet<number> {
  const waiting = new Map<string, number>();
  const done = new Set<number>();
  for (const seen of packets(view, { name: HUT })) {
    const { packet, entry, line } = seen;
    if (packet.kind === 'PUBLISH' && entry.direction === 'to-broker' && packet.qos > 0) {
      if (isReading({ ...seen, packet }))
        waiting.set(`${line.line} ${packet.packetId}`, readingOf(packet.payload));
    }
    if (packet.kind !== 'PUBACK' && packet.kind !== 'PUBCOMP') continue;
    const n = waiting.get(`${line.line} ${packet.packetId}`);
    if (n !== undefined && entry.direction === 'to-client') done.add(n);
  }
  return done;
}
/** A reading that was sent as another message, and not again after a connection. */
function twice(view: View): number | undefined {
  const all = sent(view).flatMap(({ packet }) => (packet.dup ? [] : [readingOf(packet.payload)]));
  return all.find((n, at) => all.indexOf(n) < at);
}
const areAllThere = (view: View) => acknowledged(view).size === READINGS;

/** The broker ended the connection: one PUBLISH too many (5.0 [MQTT-3.3.4-7]). */
const isFlooded = (view: View): boolean =>
  view.entries.some((entry) => entry.type === 'refused' && entry.rule === 'receive-maximum');

/** The readings in the valley, in the order in which they came; a repeated one counts once. */
const arrived = (view: View): number[] => [
  ...new Set(
    delivered(view, VALLEY, TOPIC)
      .filter(isReading)
      .map(({ packet }) => readingOf(packet.payload)),
  ),
];
/** The first two of which the later reading came first. */
function swapped(view: View): { first: number; then: number } | false {
  const all = arrived(view);
  const at = all.findIndex((n, i) => i > 0 && n < all[i - 1]!);
  return at > 0 && { first: all[at - 1]!, then: all[at]! };
}

/** From the first PUBLISH to the last acknowledgement, in seconds. */
function seconds(view: View): string {
  const first = sent(view)[0]?.entry.at ?? 0;
  const last = packets(view, { direction: 'to-client', name: HUT }).filter(
    ({ packet }) => packet.kind === 'PUBACK' || packet.kind === 'PUBCOMP',
  );
  return (((last.at(-1)?.entry.at ?? first) - first) / 1000).toFixed(1);
}
const ownLimit = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: HUT })[0]?.packet.properties
    ?.receiveMaximum;

/** Before what `steps` says of every broken rule. */
const flooded: Hint = { id: 'refused', when: isFlooded };

const way = { client: HUT, direction: 'to-broker', kind: 'PUBLISH' } as const;

const exercise: Exercise = {
  devices: ['hut.ts'],
  panels: ['wire', 'stage', 'packets'],
  scene: {
    actors: [{ name: VALLEY, version: 5, subscribes: [{ filter: TOPIC, qos: 1 }] }],
    files: {
      'mosquitto.conf': 'listener 1883\nallow_anonymous true\nmax_inflight_messages 5\n',
    },
    // The satellite: each reading is under way for a while. The first is faster: who waits for one only
    // sends too many.
    faults: [
      { ...way, action: { do: 'delay', ms: 100 } },
      { ...way, after: 1, times: 1000, action: { do: 'delay', ms: 200 } },
    ],
  },
  checks: steps(
    [HUT],
    [
      {
        id: 'limit',
        holds: (view) =>
          areAllThere(view) &&
          !isFlooded(view) &&
          mostInFlight(view) <= WINDOW &&
          sent(view).every(isReading) &&
          twice(view) === undefined,
        hints: [
          ...stopped(HUT),
          {
            id: 'qos-0',
            when: (view) => sent(view).some(({ packet }) => packet.qos === 0),
          },
          {
            // 3.1.1 has no limit in CONNACK, or the learner has changed mosquitto.conf.
            id: 'too-many',
            when(view) {
              const most = mostInFlight(view);
              return most > WINDOW && { most };
            },
          },
          {
            id: 'other-reading',
            when(view) {
              const other = sent(view).find((each) => !isReading(each))?.packet;
              return (
                other !== undefined && {
                  topic: visible(quote(other.topic)),
                  payload: visible(quote(other.payload)),
                }
              );
            },
          },
          {
            id: 'twice',
            when(view) {
              const n = twice(view);
              return n !== undefined && { n };
            },
          },
          {
            // A loop without await leaves MQTT.js no moment to take what arrives.
            id: 'stands-still',
            when(view) {
              const last = packets(view, { name: HUT }).at(-1)?.entry.at;
              const now = view.now ?? view.entries.at(-1)?.at ?? 0;
              return (
                last !== undefined &&
                now - last > QUIET && { acknowledged: acknowledged(view).size }
              );
            },
          },
          {
            id: 'missing',
            when(view) {
              const done = acknowledged(view);
              const first = Array.from({ length: READINGS }, (_, i) => i + 1).find(
                (n) => !done.has(n),
              );
              return over(view, HUT) && { acknowledged: done.size, first: first ?? '–' };
            },
          },
        ],
      },
      {
        id: 'together',
        holds: (view) => areAllThere(view) && mostInFlight(view) >= SEVERAL,
        hints: [
          {
            id: 'one-at-a-time',
            when: (view) =>
              areAllThere(view) && { most: mostInFlight(view), seconds: seconds(view) },
          },
        ],
      },
      {
        id: 'order',
        holds: (view) => swapped(view) === false && arrived(view).length === READINGS,
        hints: [{ id: 'swapped', when: swapped }],
      },
    ],
  ).map((check, at) => (at === 0 ? { ...check, hints: [flooded, ...(check.hints ?? [])] } : check)),
  proof: (view) => ({ most: mostInFlight(view), seconds: seconds(view) }),
  predictions: [
    {
      id: 'twenty',
      measure: (view) =>
        isFlooded(view) && ownLimit(view) === undefined && mostInFlight(view) === WINDOW
          ? // The one that the broker refused.
            { answer: 2, values: { number: WINDOW + 1 } }
          : undefined,
    },
  ],
};

export default exercise;

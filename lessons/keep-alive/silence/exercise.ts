import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import { over, packets, sentNoConnect, type Seen } from '../../../sandbox/checks/view.ts';

const GAUGE = 'gauge';
const DEFAULT_OF_MQTT_JS = 60;
/** The task says four seconds; 3 s of keep alive are 4.5 s, and timers never fire early. */
const SOON_MS = 4400;

const connects = (view: View): Seen<ConnectPacket>[] =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: GAUGE });
const keepAlive = (view: View): number | undefined => connects(view)[0]?.packet.keepAlive;

/** The connection that the room froze. */
function frozen(view: View) {
  const lines = new Map(connects(view).map((seen) => [seen.line.line, seen]));
  const fault = view.entries.find(
    (entry) => entry.type === 'fault' && entry.action === 'freeze' && lines.has(entry.line),
  );
  if (fault?.type !== 'fault') return undefined;
  const sent = packets(view, { direction: 'to-broker', name: GAUGE });
  return {
    ...{ line: fault.line, n: fault.n },
    connect: lines.get(fault.line)!,
    /** The last packet that the broker received on it. */
    last: sent.filter(({ line, entry }) => line.line === fault.line && entry.n < fault.n).at(-1),
    closed: view.entries.find(
      (entry) => entry.type === 'line-closed' && entry.line === fault.line && entry.n > fault.n,
    ),
  };
}

/** Another CONNECT with the id closes the frozen connection, too: 3.1.1 [MQTT-3.1.4-2]. */
function takenOver(view: View): boolean {
  const line = frozen(view);
  if (!line) return false;
  const until = line.closed?.n ?? Infinity;
  return connects(view).some(
    ({ packet, entry }) =>
      packet.clientId === line.connect.packet.clientId &&
      entry.n > line.connect.entry.n &&
      entry.n < until,
  );
}

/** Milliseconds from the last packet until the broker gave up, or undefined. */
function patience(view: View): number | undefined {
  const line = frozen(view);
  if (line?.closed?.type !== 'line-closed' || line.closed.by !== 'broker' || !line.last) {
    return undefined;
  }
  return takenOver(view) ? undefined : line.closed.at - line.last.entry.at;
}

const pings = (view: View) =>
  packets(view, { kind: 'PINGREQ', direction: 'to-broker', name: GAUGE });

/** A PINGREQ of the gauge, and its PINGRESP, before the freeze. */
function pinged(view: View): boolean {
  const until = frozen(view)?.n ?? Infinity;
  const ping = pings(view)[0];
  if (!ping || ping.entry.n > until) return false;
  return packets(view, { kind: 'PINGRESP', direction: 'to-client', name: GAUGE }).some(
    ({ entry, line }) => line.line === ping.line.line && entry.n > ping.entry.n,
  );
}

/** The CONNECT decides: it is certain long before the broker gives up. */
const isTooLong = (seconds: number | undefined): seconds is number =>
  seconds !== undefined && seconds * 1500 > SOON_MS;

const exercise: Exercise = {
  devices: ['gauge.ts'],
  panels: ['stage', 'wire', 'packets'],
  scene: {
    actors: [{ name: 'village-screen', subscribes: [{ filter: 'river/#' }] }],
    faults: [
      // The radio dies at the gauge's second message.
      {
        client: GAUGE,
        direction: 'to-broker',
        kind: 'PUBLISH',
        after: 1,
        action: { do: 'freeze' },
      },
    ],
  },
  checks: [
    {
      // 3.1.1 [MQTT-3.1.2-23], [MQTT-3.12.4-1]
      id: 'pinged',
      holds: pinged,
      hints: [
        {
          // MQTT.js keeps back a CONNECT whose keep alive doesn't fit into two bytes.
          id: 'no-connect',
          when: (view) => sentNoConnect(view, GAUGE),
        },
        { id: 'switched-off', when: (view) => frozen(view) !== undefined && keepAlive(view) === 0 },
        {
          id: 'still-default',
          when: (view) => frozen(view) !== undefined && keepAlive(view) === DEFAULT_OF_MQTT_JS,
        },
        {
          id: 'milliseconds',
          when: (view) => {
            const seconds = keepAlive(view) ?? 0;
            const minutes = Math.round((seconds * 1.5) / 60);
            return frozen(view) !== undefined && seconds >= 1000 && { seconds, minutes };
          },
        },
        {
          id: 'too-long',
          when: (view) => {
            const seconds = keepAlive(view);
            const certain = frozen(view) !== undefined && isTooLong(seconds);
            return certain && !pinged(view) && { seconds, wait: seconds * 1.5 };
          },
        },
        {
          id: 'never-silent',
          when: (view) => frozen(view) !== undefined && { seconds: keepAlive(view) ?? 0 },
        },
        { id: 'left-early', when: (view) => over(view, GAUGE) },
      ],
    },
    {
      // 3.1.1 [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]
      id: 'noticed',
      holds: (view) => (patience(view) ?? Infinity) <= SOON_MS,
      hints: [
        {
          id: 'too-long',
          when: (view) => {
            const seconds = keepAlive(view);
            const certain = pinged(view) && frozen(view) !== undefined && isTooLong(seconds);
            return certain && { seconds, wait: seconds * 1.5 };
          },
        },
        { id: 'took-over', when: (view) => pinged(view) && takenOver(view) },
        {
          id: 'ended-early',
          when: (view) => {
            const line = frozen(view);
            if (!line?.last || !pinged(view) || !over(view, GAUGE)) return false;
            const isBroker = line.closed?.type === 'line-closed' && line.closed.by === 'broker';
            const end = line.closed?.at ?? view.entries.at(-1)!.at;
            return !isBroker && { seconds: ((end - line.last.entry.at) / 1000).toFixed(1) };
          },
        },
        {
          id: 'not-frozen',
          when: (view) => {
            const waits = over(view, GAUGE) || pings(view).length > 3;
            return pinged(view) && waits && frozen(view) === undefined;
          },
        },
      ],
    },
  ],
  proof: (view) => ({
    seconds: keepAlive(view)!,
    waited: (patience(view)! / 1000).toFixed(1),
  }),
  predictions: [
    {
      id: 'radio',
      measure: (view) => {
        const isSilent = frozen(view) !== undefined && over(view, GAUGE);
        const isDefault = keepAlive(view) === DEFAULT_OF_MQTT_JS;
        return isSilent && isDefault && patience(view) === undefined ? { answer: 2 } : undefined;
      },
    },
  ],
};

export default exercise;

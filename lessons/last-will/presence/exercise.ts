import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import {
  delivered,
  over,
  packets,
  published,
  sentNoConnect,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { secondsOf } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'greenhouse/status';
const SENSOR = 'sensor';

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);
const connects = (view: View): Seen<ConnectPacket>[] =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: SENSOR });
const wills = (view: View) =>
  connects(view).flatMap(({ packet }) => (packet.will ? [packet.will] : []));
const isWill = (will: ReturnType<typeof wills>[number]) =>
  will.topic === TOPIC && will.retain && textOf(will.payload) === 'offline';

const said = (view: View, text: string) =>
  published(view, SENSOR, TOPIC).filter(({ packet }) => textOf(packet.payload) === text);
const saysOnline = (view: View) => said(view, 'online').some(({ packet }) => packet.retain);

const disconnects = (view: View) =>
  packets(view, { kind: 'DISCONNECT', direction: 'to-broker', name: SENSOR });
/** Lines of the sensor that ended without a goodbye. */
function broken(view: View) {
  const polite = new Set(disconnects(view).map(({ line }) => line.line));
  const lines = new Set(connects(view).map(({ line }) => line.line));
  return view.entries.filter(
    (entry) => entry.type === 'line-closed' && lines.has(entry.line) && !polite.has(entry.line),
  );
}
/** What the broker says of its own accord: nobody published it. */
const isTold = (view: View) =>
  broken(view).length > 0 &&
  said(view, 'offline').length === 0 &&
  delivered(view, 'panel', TOPIC).some(({ packet }) => textOf(packet.payload) === 'offline');

/** Whether the sensor was connected at entry `n` of the trace. */
function isThere(view: View, n: number): boolean {
  let there = false;
  const lines = new Map(connects(view).map(({ entry, line }) => [line.line, entry.n]));
  for (const entry of view.entries) {
    if (entry.n > n) break;
    if ([...lines.values()].includes(entry.n)) there = true;
    if (entry.type === 'line-closed' && lines.has(entry.line)) there = false;
  }
  return there;
}
/** What the dashboard is told at once: what was kept, and is true. */
const newcomer = (view: View) =>
  delivered(view, 'dashboard', TOPIC).filter(({ packet }) => packet.retain);

const exercise: Exercise = {
  devices: ['sensor.ts', 'dashboard.ts'],
  scene: {
    actors: [{ name: 'panel', subscribes: [{ filter: 'greenhouse/status', qos: 1 }] }],
    faults: [
      // The battery dies at the sensor's sixth message.
      { client: SENSOR, direction: 'to-broker', kind: 'PUBLISH', after: 5, action: { do: 'cut' } },
    ],
  },
  checks: [
    {
      id: 'will',
      holds: (view) => wills(view).some(isWill),
      hints: [
        { id: 'no-connect', when: (view) => sentNoConnect(view, SENSOR) },
        {
          id: 'will-on-another-topic',
          when: (view) => {
            const other = wills(view).find(({ topic }) => topic !== TOPIC);
            return other ? { topic: other.topic } : false;
          },
        },
        {
          // MQTT.js leaves out what it doesn't know, such as `message`.
          id: 'will-empty',
          when: (view) => wills(view).some(({ payload }) => payload.length === 0),
        },
        {
          id: 'will-says',
          when: (view) => {
            const other = wills(view).find(({ payload }) => textOf(payload) !== 'offline');
            return other ? { payload: textOf(other.payload) } : false;
          },
        },
        { id: 'will-not-retained', when: (view) => wills(view).some(({ retain }) => !retain) },
        ...stopped(SENSOR),
        { id: 'no-will', when: (view) => over(view, SENSOR) && connects(view).length > 0 },
      ],
    },
    {
      id: 'online',
      holds: saysOnline,
      hints: [
        { id: 'online-not-retained', when: (view) => said(view, 'online').length > 0 },
        ...stopped(SENSOR),
        { id: 'no-online', when: (view) => over(view, SENSOR) && wills(view).some(isWill) },
      ],
    },
    {
      // 3.1.1 [MQTT-3.1.2-8], [MQTT-3.14.4-3]
      id: 'told',
      holds: (view) => wills(view).some(isWill) && isTold(view),
      hints: [
        {
          id: 'polite',
          when: (view) =>
            wills(view).some(isWill) && over(view, SENSOR) && disconnects(view).length > 0,
        },
        {
          id: 'said-itself',
          when: (view) => wills(view).some(isWill) && said(view, 'offline').length > 0,
        },
      ],
    },
    {
      id: 'newcomer',
      holds: (view) => {
        const end = broken(view)[0]?.n ?? Infinity;
        const isTrue = newcomer(view).some(({ packet, entry }) => {
          const now = isThere(view, entry.n) ? 'online' : 'offline';
          return entry.n > end && textOf(packet.payload) === now;
        });
        return isTrue && isTold(view) && wills(view).some(isWill) && saysOnline(view);
      },
    },
  ],
  proof: (view) => ({ at: secondsOf(broken(view)[0]!) }),
  predictions: [
    {
      id: 'plug',
      measure: (view) => {
        const told = delivered(view, 'panel', TOPIC).find(
          ({ packet }) => textOf(packet.payload) === 'offline',
        );
        if (!told || !wills(view).some(isWill) || !isTold(view)) return undefined;
        return { answer: 1, values: { at: secondsOf(told.entry) }, entry: told.entry.n };
      },
    },
  ],
};

export default exercise;

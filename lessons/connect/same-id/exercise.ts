import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import { accepted, over, packets, type Seen } from '../../../sandbox/checks/view.ts';

const DEVICES = ['kitchen', 'bedroom'];
const TOGETHER_MS = 3000;

const connects = (view: View, device: string): Seen<ConnectPacket>[] =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: device });

/** The id that both sent last. An empty one is no name: the broker gives each a fresh one. */
function sharedId(view: View): string | undefined {
  const [first, second] = DEVICES.map((device) => connects(view, device).at(-1)?.packet.clientId);
  // Letters' case counts: ids are compared as they are.
  return first === second && first !== '' ? first : undefined;
}

/** When a device was connected, line by line, in milliseconds of the trace. */
function connected(view: View, device: string): { from: number; to: number }[] {
  const now = view.entries.at(-1)?.at ?? 0;
  return accepted(view, device).map(({ entry, line }) => {
    const end = view.entries.find(
      (other) => other.type === 'line-closed' && other.line === line.line,
    );
    return { from: entry.at, to: end?.at ?? now };
  });
}

/** The longest time in which both were connected, each on one line. */
function longestTogether(view: View): number {
  const [first, second] = DEVICES.map((device) => connected(view, device));
  const spans = first!.flatMap((a) =>
    second!.map((b) => Math.min(a.to, b.to) - Math.max(a.from, b.from)),
  );
  return Math.max(0, ...spans);
}

const exercise: Exercise = {
  devices: ['kitchen.ts', 'bedroom.ts'],
  scene: {},
  checks: [
    {
      id: 'connected',
      holds: (view) => DEVICES.every((device) => accepted(view, device).length > 0),
      hints: [
        {
          id: 'only-one',
          when: (view) => {
            const missing = DEVICES.find(
              (device) => over(view, device) && accepted(view, device).length === 0,
            );
            return missing === undefined ? false : { device: `${missing}.ts` };
          },
        },
      ],
    },
    {
      id: 'stay',
      holds: (view) => longestTogether(view) >= TOGETHER_MS,
      hints: [
        {
          // 3.1.1 [MQTT-3.1.4-2]: the one that was there is disconnected.
          id: 'same-id',
          when: (view) => {
            const id = sharedId(view);
            return id === undefined ? false : { id };
          },
        },
        {
          id: 'ended-too-soon',
          when: (view) => {
            const gone = DEVICES.find((device) => over(view, device));
            const bothCame = DEVICES.every((device) => accepted(view, device).length > 0);
            return gone !== undefined && bothCame ? { device: `${gone}.ts` } : false;
          },
        },
      ],
    },
  ],
};

export default exercise;

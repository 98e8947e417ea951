import { stopped } from '../../../sandbox/checks/errors.ts';
import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import { visible } from '../../../sandbox/checks/spaces.ts';
import {
  accepted,
  over,
  packets,
  refusedFrom,
  sentNoConnect,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { quote, secondsOf } from '../../../sandbox/checks/quote.ts';

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

interface Span {
  from: number;
  to: number;
  /** The trace's number of the closing, if the broker did it. */
  byBroker?: number;
}
/** When a device was connected, connection by connection, in milliseconds of the trace. */
function connected(view: View, device: string): Span[] {
  const now = view.entries.at(-1)?.at ?? 0;
  return accepted(view, device).map(({ entry, line }) => {
    const end = view.entries.find(
      (other) => other.type === 'line-closed' && other.line === line.line,
    );
    const isBroker = end?.type === 'line-closed' && end.by === 'broker';
    return { from: entry.at, to: end?.at ?? now, ...(isBroker && { byBroker: end.n }) };
  });
}

/** The longest time in which both were connected, each on one connection. */
function longestTogether(view: View): number {
  const [first, second] = DEVICES.map((device) => connected(view, device));
  const spans = first!.flatMap((a) =>
    second!.map((b) => Math.min(a.to, b.to) - Math.max(a.from, b.from)),
  );
  return Math.max(0, ...spans);
}

/** The broker closed a connection although its client had not left. */
const takenOver = (view: View): boolean =>
  DEVICES.some((device) => connected(view, device).some(({ byBroker }) => byBroker !== undefined));

/** A program that came again with its id while its first connection stood: the broker closed that one. */
function cameTwice(view: View): HintValues | false {
  for (const device of DEVICES) {
    const all = connects(view, device);
    for (const [at, { line, packet }] of all.entries()) {
      const end = view.entries.find(
        (entry) => entry.type === 'line-closed' && entry.line === line.line,
      );
      const isOwn = all
        .slice(at + 1)
        .some((next) => next.packet.clientId === packet.clientId && next.entry.n < (end?.n ?? 0));
      if (end?.type === 'line-closed' && end.by === 'broker' && isOwn) {
        return { device: `${device}.ts`, id: visible(packet.clientId) };
      }
    }
  }
  return false;
}

const bothCame = (view: View) => DEVICES.every((device) => accepted(view, device).length > 0);

/** What isn't MQTT doesn't reach the broker. */
function invalid(view: View): HintValues | false {
  for (const device of DEVICES) {
    const [entry] = refusedFrom(view, device);
    if (entry) return { device: `${device}.ts`, statement: entry.statement };
  }
  return false;
}
/** A limit of the room, or the broker's CONNACK, kept a device out. */
function refused(view: View): HintValues | false {
  for (const device of DEVICES) {
    if (accepted(view, device).length > 0) continue;
    const answers = packets(view, { kind: 'CONNACK', direction: 'to-client', name: device });
    const code = answers.find(({ packet }) => packet.reasonCode !== 0)?.packet.reasonCode;
    const id = connects(view, device).at(-1)?.packet.clientId ?? '';
    if (code !== undefined) return { device: `${device}.ts`, code, id: visible(id) };
  }
  return false;
}
const exercise: Exercise = {
  devices: ['kitchen.ts', 'bedroom.ts'],
  panels: ['stage', 'wire', 'packets'],
  scene: {},
  checks: [
    {
      id: 'connected',
      holds: bothCame,
      hints: [
        { id: 'invalid', when: invalid },
        { id: 'refused', when: refused },
        ...stopped(...DEVICES).filter(({ id }) => id !== 'program-failed'),
        {
          id: 'only-one',
          when: (view) => {
            const missing = DEVICES.find(
              (device) =>
                sentNoConnect(view, device) ||
                (over(view, device) && accepted(view, device).length === 0),
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
            return id !== undefined && takenOver(view) && { id: visible(id) };
          },
        },
        { id: 'own-twice', when: cameTwice },
        {
          id: 'never-met',
          when: (view) =>
            bothCame(view) &&
            DEVICES.every((device) => over(view, device)) &&
            longestTogether(view) === 0,
        },
        {
          id: 'ended-too-soon',
          when: (view) => {
            const gone = DEVICES.find((device) => over(view, device));
            const together = longestTogether(view) > 0 || DEVICES.every((each) => over(view, each));
            const seconds = (longestTogether(view) / 1000).toFixed(1);
            return gone !== undefined && bothCame(view) && together
              ? { device: `${gone}.ts`, seconds }
              : false;
          },
        },
      ],
    },
  ],
  proof: (view) => {
    const [kitchen, bedroom] = DEVICES.map((device) => connects(view, device).at(-1)!.packet);
    const nameOf = ({ clientId }: ConnectPacket) => (clientId === '' ? "''" : quote(clientId));
    return { kitchen: nameOf(kitchen!), bedroom: nameOf(bedroom!) };
  },
  predictions: [
    {
      id: 'second',
      measure: (view) => {
        const [first, second] = DEVICES.map((device) => ({ device, all: connects(view, device) }))
          .filter(({ all }) => all.length > 0)
          .sort((a, b) => a.all[0]!.entry.n - b.all[0]!.entry.n);
        const thrownOut = view.entries.find(
          (entry) =>
            entry.type === 'line-closed' &&
            entry.line === first?.all[0]!.line.line &&
            second !== undefined &&
            entry.n > second.all[0]!.entry.n,
        );
        if (!first || !thrownOut || sharedId(view) === undefined) return undefined;
        const values = { first: first.device, at: secondsOf(thrownOut) };
        // The CONNECT with the same id, at which the broker did it.
        return { answer: 1, values, entry: second!.all[0]!.entry.n };
      },
    },
  ],
};

export default exercise;

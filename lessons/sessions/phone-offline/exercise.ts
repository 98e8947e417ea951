import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import {
  accepted,
  delivered,
  over,
  packets,
  published,
  samePayload,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const RINGS = 3; // at least
const TOPIC = 'home/doorbell';
const PHONE = 'phone';

const connects = (view: View): Seen<ConnectPacket>[] =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: PHONE });
const subscribes = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: PHONE }).flatMap(
    ({ packet, entry }) =>
      packet.subscriptions
        .filter(({ filter }) => matches(filter, TOPIC))
        .map(({ qos }) => ({ qos, n: entry.n })),
  );
const rings = (view: View) => published(view, 'doorbell', TOPIC);

/** Rings that came when the phone had gone and had not yet come back. */
function missed(view: View) {
  const gone = view.entries.find(
    (entry) => entry.type === 'line-closed' && entry.line === accepted(view, PHONE)[0]?.line.line,
  );
  const back = accepted(view, PHONE)[1];
  const [from, to] = [gone?.n ?? Infinity, back?.entry.n ?? Infinity];
  return rings(view).filter(({ entry }) => entry.n > from && entry.n < to);
}
/** The phone came a second time, and what it had to wait for has had its time. */
const isDone = (view: View) => over(view, PHONE) && accepted(view, PHONE).length > 1;

const hasSession = (view: View) =>
  accepted(view, PHONE)
    .slice(1)
    .some(({ packet }) => packet.sessionPresent);

/** Rings that were missed, and reached the phone on its return. */
function kept(view: View) {
  const back = accepted(view, PHONE)[1]?.entry.n ?? Infinity;
  const late = delivered(view, PHONE, TOPIC).filter(({ entry }) => entry.n > back);
  return missed(view).filter((ring) =>
    late.some(({ packet }) => samePayload(packet.payload, ring.packet.payload)),
  );
}

const exercise: Exercise = {
  devices: ['phone.ts', 'doorbell.ts'],
  scene: {},
  checks: [
    {
      id: 'away',
      holds: (view) => missed(view).length >= RINGS,
      hints: [
        {
          // MQTT.js refuses to ask for a session that nobody could find again.
          id: 'no-client-id',
          when: (view) => over(view, PHONE) && connects(view).length === 0,
        },
        {
          id: 'never-away',
          when: (view) => over(view, PHONE) && { count: missed(view).length },
        },
      ],
    },
    {
      id: 'present',
      holds: hasSession,
      hints: [
        {
          id: 'clean-session',
          when: (view) =>
            connects(view).length > 1 && connects(view).some(({ packet }) => packet.clean),
        },
        {
          // 3.1.1 [MQTT-3.1.3-2]: the session is found by the client id.
          id: 'other-id',
          when: (view) => {
            const [first, second] = connects(view).map(({ packet }) => packet.clientId);
            return first !== undefined && second !== undefined && first !== second
              ? { first, second }
              : false;
          },
        },
        {
          // 5.0, section 3.1.2.11.2: without the property the session ends with the connection.
          id: 'no-expiry',
          when: (view) => {
            const [first, second] = connects(view);
            const property = first?.packet.properties?.sessionExpiryInterval ?? 0;
            return second !== undefined && first?.packet.version === 5 && property === 0;
          },
        },
        {
          id: 'not-back',
          when: (view) => over(view, PHONE) && connects(view).length === 1,
        },
      ],
    },
    {
      id: 'arrived',
      holds: (view) =>
        hasSession(view) &&
        missed(view).length >= RINGS &&
        kept(view).length === missed(view).length,
      hints: [
        {
          // The session is there, without this subscription.
          id: 'unsubscribed',
          when: (view) =>
            isDone(view) &&
            hasSession(view) &&
            packets(view, { kind: 'UNSUBSCRIBE', direction: 'to-broker', name: PHONE }).some(
              ({ packet }) => packet.filters.some((filter) => matches(filter, TOPIC)),
            ),
        },
        {
          id: 'other-topic',
          when: (view) => {
            const filters = packets(view, {
              kind: 'SUBSCRIBE',
              direction: 'to-broker',
              name: PHONE,
            }).flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
            const [filter] = filters;
            const isNone = filters.every((one) => !matches(one, TOPIC));
            return isDone(view) && hasSession(view) && filter !== undefined && isNone && { filter };
          },
        },
        {
          id: 'subscribed-too-late',
          when: (view) => {
            const before = missed(view)[0]?.entry.n;
            if (before === undefined || !isDone(view) || !hasSession(view)) return false;
            return !subscribes(view).some(({ n }) => n < before);
          },
        },
        {
          id: 'qos-0-subscription',
          when: (view) =>
            isDone(view) && hasSession(view) && subscribes(view).some(({ qos }) => qos === 0),
        },
        {
          id: 'qos-0-message',
          when: (view) =>
            isDone(view) && hasSession(view) && missed(view).some(({ packet }) => packet.qos === 0),
        },
      ],
    },
  ],
  proof: (view) => ({
    count: missed(view).length,
    id: quote(connects(view)[0]!.packet.clientId),
  }),
  predictions: [
    {
      id: 'back',
      measure: (view) => {
        const back = accepted(view, PHONE)[1]?.entry.n ?? Infinity;
        const heard = delivered(view, PHONE, TOPIC).some(({ entry }) => entry.n > back);
        const count = missed(view).length;
        if (!isDone(view) || hasSession(view) || heard || count === 0) return undefined;
        return { answer: 2, values: { count } };
      },
    },
  ],
};

export default exercise;

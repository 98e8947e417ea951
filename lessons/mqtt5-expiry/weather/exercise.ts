import { quote } from '../../../sandbox/checks/quote.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { steps } from '../../../sandbox/checks/steps.ts';
import { accepted, delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';

const PHONE = 'phone';
const STATION = 'station';
const NOW = 'weather/now';
const WARNING = 'weather/warning';
const LONGEST = 4; // seconds: older than that a report is wrong

const connects = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: PHONE });
const answers = (view: View) =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name: PHONE });
/** Session Present on coming back, with MQTT 5.0. */
const isKept = (view: View) =>
  answers(view).some(
    ({ packet, line }) =>
      packet.version === 5 && packet.sessionPresent && line.line !== answers(view)[0]?.line.line,
  );

/** The entries between which the phone was away. */
function absence(view: View): { from: number; to: number } | undefined {
  const first = accepted(view, PHONE)[0]?.line.line;
  const gone = view.entries.find((entry) => entry.type === 'line-closed' && entry.line === first);
  if (!gone) return undefined;
  const back = connects(view).find(({ entry }) => entry.n > gone.n);
  return { from: gone.n, to: back?.entry.n ?? Infinity };
}
/** Messages that the phone could get only from its session. */
function missed(view: View, topic: string) {
  const away = absence(view);
  if (!away) return [];
  return published(view, STATION, topic).filter(
    ({ entry }) => entry.n > away.from && entry.n < away.to,
  );
}
const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
/** Whether the phone received it after its return. */
function arrived(view: View, message: ReturnType<typeof missed>[number]): boolean {
  return delivered(view, PHONE, message.packet.topic).some(
    ({ packet, entry }) =>
      entry.n > message.entry.n && text(packet.payload) === text(message.packet.payload),
  );
}
const lifeOf = (message: ReturnType<typeof missed>[number]) =>
  message.packet.properties?.messageExpiryInterval;

const subscribed = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: PHONE }).flatMap(
    ({ packet, entry }) =>
      packet.subscriptions
        .filter(({ filter }) => matches(filter, WARNING))
        .map(({ qos }) => ({ qos, n: entry.n })),
  );
/** Both programs have done what they do. */
const isDone = (view: View) => over(view, PHONE) && over(view, STATION);
const counts = (view: View) => ({
  published: missed(view, NOW).length,
  received: missed(view, NOW).filter((each) => arrived(view, each)).length,
});

const exercise: Exercise = {
  devices: ['phone.ts', 'station.ts'],
  scene: {},
  checks: steps(
    [PHONE, STATION],
    [
      {
        // 5.0, section 3.1.2.11.2, [MQTT-3.1.2-23]
        id: 'kept',
        holds: isKept,
        hints: [
          {
            id: 'phone-3-1-1',
            when: (view) => connects(view).some(({ packet }) => packet.version < 5),
          },
          {
            // 5.0 [MQTT-3.1.2-4]
            id: 'clean-start',
            when: (view) =>
              connects(view)
                .slice(1)
                .some(({ packet }) => packet.clean),
          },
          {
            id: 'other-id',
            when: (view) => {
              const [first, second] = connects(view).map(({ packet }) => packet.clientId);
              return second !== undefined && first !== undefined && first !== second
                ? { first, second }
                : false;
            },
          },
          {
            // 5.0, section 3.14.2.2.2: DISCONNECT may set another interval.
            id: 'ended-by-disconnect',
            when: (view) =>
              packets(view, { kind: 'DISCONNECT', direction: 'to-broker', name: PHONE }).some(
                ({ packet }) => packet.properties?.sessionExpiryInterval === 0,
              ),
          },
          {
            id: 'no-session-expiry',
            when: (view) => {
              const [first, second] = connects(view);
              if (!first || (!second && !over(view, PHONE))) return false;
              return (first.packet.properties?.sessionExpiryInterval ?? 0) === 0;
            },
          },
          {
            id: 'session-expired',
            when: (view) => {
              const [first, second] = connects(view);
              const seconds = first?.packet.properties?.sessionExpiryInterval;
              return second !== undefined && answers(view).length > 1 && seconds !== undefined
                ? { seconds }
                : false;
            },
          },
          ...stopped(PHONE),
          { id: 'not-back', when: (view) => over(view, PHONE) },
        ],
      },
      {
        id: 'warned',
        holds: (view) => missed(view, WARNING).some((each) => arrived(view, each)),
        hints: [
          {
            // A program that goes on may still subscribe; what was missed is missed.
            id: 'not-subscribed',
            when: (view) => {
              const away = absence(view);
              return away !== undefined && !subscribed(view).some(({ n }) => n < away.from);
            },
          },
          {
            id: 'qos-0',
            when: (view) => {
              const atZero = missed(view, WARNING).some(({ packet }) => packet.qos === 0);
              if (subscribed(view).some(({ qos }) => qos === 0)) return { who: PHONE };
              return atZero && { who: STATION };
            },
          },
          {
            id: 'warning-expired',
            when: (view) => {
              const lives = missed(view, WARNING).flatMap((each) => lifeOf(each) ?? []);
              return isDone(view) && lives.length > 0 && { seconds: Math.max(...lives) };
            },
          },
          {
            id: 'back-too-early',
            when: (view) => {
              const away = absence(view);
              const sent = published(view, STATION, WARNING).at(-1);
              return away !== undefined && sent !== undefined && sent.entry.n > away.to;
            },
          },
          ...stopped(STATION, PHONE),
          {
            id: 'no-warning',
            when: (view) => isDone(view) && { count: missed(view, WARNING).length },
          },
        ],
      },
      {
        // 5.0 [MQTT-3.3.2-5]
        id: 'fresh',
        holds: (view) => {
          const reports = missed(view, NOW);
          const got = reports.map((each) => arrived(view, each));
          const isLimited = reports.every((each) => (lifeOf(each) || Infinity) <= LONGEST);
          // The newest arrived, and one before it had expired.
          return isLimited && got.lastIndexOf(true) > got.indexOf(false) && got.includes(false);
        },
        hints: [
          {
            id: 'station-3-1-1',
            when: (view) => missed(view, NOW).some(({ packet }) => packet.version < 5),
          },
          {
            id: 'no-message-expiry',
            when: (view) => missed(view, NOW).some((each) => !lifeOf(each)) && counts(view),
          },
          {
            id: 'too-long',
            when: (view) => {
              const lives = missed(view, NOW).flatMap((each) => lifeOf(each) ?? []);
              const seconds = Math.max(...lives);
              return seconds > LONGEST && { seconds };
            },
          },
          {
            id: 'qos-0',
            when: (view) =>
              missed(view, NOW).some(({ packet }) => packet.qos === 0) && { who: STATION },
          },
          ...stopped(STATION, PHONE),
          {
            id: 'all-expired',
            when: (view) => {
              const { published: sent, received } = counts(view);
              const lives = missed(view, NOW).flatMap((each) => lifeOf(each) ?? []);
              if (!isDone(view) || sent === 0 || received > 0) return false;
              return { seconds: Math.max(...lives) };
            },
          },
          { id: 'reports', when: (view) => isDone(view) && counts(view) },
        ],
      },
    ],
  ),
  proof(view) {
    const newest = missed(view, NOW)
      .filter((each) => arrived(view, each))
      .at(-1)!;
    const [got] = delivered(view, PHONE, NOW).filter(
      ({ packet }) => text(packet.payload) === text(newest.packet.payload),
    );
    const left = got?.packet.properties?.messageExpiryInterval ?? 0;
    return { report: quote(newest.packet.payload), left };
  },
  predictions: [
    {
      id: 'back',
      // The session had ended: with one, the run is not the one that was asked about.
      measure: (view) =>
        over(view, PHONE) && answers(view).length > 1 && !isKept(view)
          ? { answer: 2, values: {} }
          : undefined,
    },
  ],
};

export default exercise;

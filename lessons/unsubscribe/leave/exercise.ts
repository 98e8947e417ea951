import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { visible } from '../../../sandbox/checks/spaces.ts';
import { delivered, over, packets, refusedFrom } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';

const PHONE = 'phone';
const FAMILY = 'chat/family';
const FOOTBALL = 'chat/football';
/** Messages that somebody publishes there afterwards, and that don't come: silence has to be seen. */
const ENOUGH = 2;

interface Asked {
  filter: string;
  n: number;
  /** The trace's number of the UNSUBACK. */
  acknowledged: number | undefined;
  /** This connection had a subscription of exactly this filter. */
  isSubscribed: boolean;
}
const subscribed = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: PHONE }).flatMap(
    ({ packet, entry, line }) =>
      packet.subscriptions.map(({ filter }) => ({ filter, n: entry.n, line: line.line })),
  );
const brings = (filter: string, topic: string) => matches(filter, topic);

/** Every filter that the phone wanted to be rid of. 3.1.1 [MQTT-3.10.4-1]: character by character. */
function unsubscribed(view: View): Asked[] {
  const answers = packets(view, { kind: 'UNSUBACK', direction: 'to-client', name: PHONE });
  return packets(view, { kind: 'UNSUBSCRIBE', direction: 'to-broker', name: PHONE }).flatMap(
    ({ packet, entry, line }) => {
      const answer = answers.find(
        (each) => each.line.line === line.line && each.packet.packetId === packet.packetId,
      );
      return packet.filters.map((filter) => ({
        ...{ filter, n: entry.n, acknowledged: answer?.entry.n },
        isSubscribed: subscribed(view).some(
          (each) => each.filter === filter && each.n < entry.n && each.line === line.line,
        ),
      }));
    },
  );
}
/** With it the phone left football. */
const leaving = (view: View): Asked | undefined =>
  unsubscribed(view).find(
    ({ filter, isSubscribed, acknowledged }) =>
      isSubscribed && brings(filter, FOOTBALL) && acknowledged !== undefined,
  );
const leftAt = (view: View) => leaving(view)?.acknowledged ?? Infinity;

const after = (view: View, topic: string) =>
  delivered(view, PHONE, topic).filter(({ entry }) => entry.n > leftAt(view));
/** What is published there from then on, while the phone is connected. */
function publishedSince(view: View, topic: string): number {
  const end = packets(view, { kind: 'DISCONNECT', direction: 'to-broker', name: PHONE }).at(-1);
  return packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'actor', topic }).filter(
    ({ entry }) => entry.n > leftAt(view) && entry.n < (end?.entry.n ?? Infinity),
  ).length;
}

/** A subscription that still brings football when the phone has left it. */
function stillBrings(view: View): string | undefined {
  const gone = unsubscribed(view).filter(({ isSubscribed }) => isSubscribed);
  return subscribed(view).find(
    ({ filter, n }) =>
      brings(filter, FOOTBALL) && !gone.some((each) => each.filter === filter && each.n > n),
  )?.filter;
}
/** The phone unsubscribed from something that it has no subscription of. */
function otherFilter(view: View): HintValues | false {
  const wrong = unsubscribed(view).find(({ isSubscribed }) => !isSubscribed);
  const own = stillBrings(view);
  return wrong !== undefined && own !== undefined
    ? { filter: visible(wrong.filter), own: visible(own) }
    : false;
}

const exercise: Exercise = {
  devices: ['phone.ts'],
  panels: ['stage', 'packets'],
  scene: {
    actors: [
      { name: 'family-tablet', publishes: [{ topic: FAMILY, payload: 'Dinner?', everyMs: 450 }] },
      { name: 'fan-phone', publishes: [{ topic: FOOTBALL, payload: 'Goal!', everyMs: 400 }] },
    ],
  },
  checks: [
    {
      // 3.1.1 [MQTT-3.10.4-4]
      id: 'asked',
      holds: (view) => leaving(view) !== undefined,
      hints: [
        {
          id: 'invalid',
          when: (view) => {
            const [entry] = refusedFrom(view, PHONE);
            return entry ? { statement: entry.statement } : false;
          },
        },
        {
          id: 'brought-by-wildcard',
          when: (view) => {
            const wrong = otherFilter(view);
            return wrong && /[+#]/.test(String(wrong['own'])) && wrong;
          },
        },
        {
          id: 'too-early',
          when: (view) => {
            const { n, filter } = unsubscribed(view).find((each) => !each.isSubscribed) ?? {};
            return subscribed(view).some((each) => each.filter === filter && each.n > (n ?? 0));
          },
        },
        {
          id: 'other-client',
          when: (view) => {
            const wrong = otherFilter(view);
            return wrong && wrong['filter'] === wrong['own'];
          },
        },
        { id: 'other-filter', when: otherFilter },
        ...stopped(PHONE),
        {
          id: 'never-came',
          when: (view) => over(view, PHONE) && delivered(view, PHONE, FOOTBALL).length === 0,
        },
        {
          id: 'wrong-room',
          when: (view) => {
            const other = unsubscribed(view).find(({ filter }) => !brings(filter, FOOTBALL));
            return other ? { filter: visible(other.filter) } : false;
          },
        },
        {
          id: 'not-asked',
          when: (view) => over(view, PHONE) && { count: delivered(view, PHONE, FOOTBALL).length },
        },
      ],
    },
    {
      // 3.1.1 [MQTT-3.10.4-2]
      id: 'silent',
      holds: (view) =>
        after(view, FOOTBALL).length === 0 && publishedSince(view, FOOTBALL) >= ENOUGH,
      hints: [
        {
          id: 'still-brings',
          when: (view) => {
            const filter = after(view, FOOTBALL).length > 0 ? stillBrings(view) : undefined;
            return filter === undefined ? false : { filter: visible(filter) };
          },
        },
        {
          id: 'too-short',
          when: (view) =>
            over(view, PHONE) &&
            leaving(view) !== undefined &&
            publishedSince(view, FOOTBALL) < ENOUGH,
        },
      ],
    },
    {
      id: 'family',
      holds: (view) => after(view, FAMILY).length >= ENOUGH,
      hints: [
        {
          id: 'family-too',
          when: (view) =>
            leaving(view) !== undefined &&
            publishedSince(view, FOOTBALL) >= ENOUGH &&
            publishedSince(view, FAMILY) >= ENOUGH &&
            after(view, FAMILY).length === 0,
        },
      ],
    },
  ],
  proof: (view) => ({ count: publishedSince(view, FOOTBALL) }),
  predictions: [
    {
      id: 'muted',
      measure: (view) => {
        const count = delivered(view, PHONE, FOOTBALL).length;
        const isOver = over(view, PHONE) && unsubscribed(view).length === 0;
        return isOver && count > 0 ? { answer: 0, values: { count } } : undefined;
      },
    },
  ],
};

export default exercise;

import { quote } from '../../../sandbox/checks/quote.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, swapped, type Seen } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Actor, Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';

const INSPECTOR = 'inspector';
const ALIVE = 'house/alive';
const STATUS = 'house/status/';
const REPORT = 'report/flood';
/** The client that talks all the time, and the device that is shown as online and is gone. */
const FLOODING = 'attic-sensor';
const GONE = 'garage-door';
/** So many messages show that none of them names its sender. */
const ENOUGH = 5;

/** A client of the house: its status, something of its own, and that it is alive, at its pace. */
const member = (name: string, topic: string, payload: string, everyMs: number): Actor => ({
  name,
  publishes: [
    { topic: `${STATUS}${name}`, payload: 'online', retain: true },
    // What the flooding client says besides comes once: its own topic doesn't give it away.
    { topic: `house/${topic}`, payload, ...(name !== FLOODING && { everyMs }) },
    { topic: ALIVE, payload: 'still here', everyMs },
  ],
});
const house: readonly Actor[] = [
  member('hall-lamp', 'lamp', 'on', 1900),
  member('boiler-meter', 'power', '412', 1700),
  member('front-door', 'door', 'shut', 2300),
  member(FLOODING, 'attic', '17.5', 200),
  member('oven', 'oven', 'off', 2100),
  member('garden-gauge', 'rain', '0.4', 1800),
];
const names = house.map(({ name }) => name);

/** Of the learner: a program, a terminal of the page, or a tool from outside. */
const own = <P extends { line: { role: string } }>(all: readonly P[]): P[] =>
  all.filter(({ line }) => line.role !== 'actor');
const said = (view: View): Seen<PublishPacket>[] =>
  own(packets(view, { kind: 'PUBLISH', direction: 'to-broker' }));
const heard = (view: View): Seen<PublishPacket>[] =>
  own(packets(view, { kind: 'PUBLISH', direction: 'to-client' }));
const filters = (view: View): string[] =>
  own(packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker' })).flatMap(({ packet }) =>
    packet.subscriptions.map(({ filter }) => filter),
  );
const isNumber = ({ packet }: Seen<PublishPacket>): boolean => packet.topic.startsWith('$SYS/');
const textOf = ({ packet }: Seen<PublishPacket>): string =>
  new TextDecoder().decode(packet.payload);

/** What was reported, each once; spaces around it and quotes aren't part of the name. */
const reported = (view: View): string[] => [
  ...new Set(
    said(view)
      .filter(({ packet }) => packet.topic === REPORT && packet.payload.length > 0)
      .map((seen) =>
        textOf(seen)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      ),
  ),
];
/** How often a client said that it is alive. */
const aliveCount = (view: View, name: string): number =>
  packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'actor', name, topic: ALIVE })
    .length;

/** What the learner did to the statuses, and to whatever else is retained. */
const retained = (view: View) => said(view).filter(({ packet }) => packet.retain);
const isCleared = ({ packet }: Seen<PublishPacket>): boolean => packet.payload.length === 0;
const isOfGone = ({ packet }: Seen<PublishPacket>): boolean => packet.topic === `${STATUS}${GONE}`;
/** A client that is there, and whose status the learner has overwritten. */
const harmed = (view: View): string | undefined =>
  names.find((name) => retained(view).some(({ packet }) => packet.topic === `${STATUS}${name}`));

const exercise: Exercise = {
  devices: ['inspector.ts'],
  panels: ['topics', 'packets', 'broker'],
  // The panel's own “Clear” would do what the inspector is to do.
  brokerActions: false,
  scene: {
    actors: [...house],
    retained: [{ topic: `${STATUS}${GONE}`, payload: 'online' }],
  },
  checks: inTurn([
    {
      id: 'numbers',
      holds: (view) => heard(view).some(isNumber),
      hints: [
        ...stopped(INSPECTOR),
        {
          id: 'deaf',
          when: (view) => over(view, INSPECTOR) && filters(view).length === 0,
        },
        {
          // Not the name alone: another case, a slash before it, no `$`.
          id: 'other-sys',
          when(view) {
            const filter = filters(view).find(
              (each) => /sys/i.test(each) && !/^\$SYS\//.test(each),
            );
            return filter !== undefined && { filter };
          },
        },
        {
          // 3.1.1 [MQTT-4.7.2-1]
          id: 'hash-only',
          when: (view) =>
            over(view, INSPECTOR) && !filters(view).some((each) => each.startsWith('$SYS/')),
        },
        {
          id: 'nothing-came',
          when(view) {
            const filter = filters(view).findLast((each) => each.startsWith('$SYS/'));
            return over(view, INSPECTOR) && filter !== undefined && { filter };
          },
        },
      ],
    },
    {
      id: 'flood',
      holds: (view) => reported(view).join() === FLOODING,
      hints: [
        {
          id: 'several-names',
          when(view) {
            const count = reported(view).length;
            return count > 1 && { count };
          },
        },
        {
          id: 'the-topic',
          when(view) {
            const topic = reported(view).find((text) => text.includes('/'));
            return topic !== undefined && { topic: quote(topic) };
          },
        },
        { id: 'the-gone', when: (view) => reported(view).includes(GONE) && { name: GONE } },
        {
          id: 'another-client',
          when(view) {
            const name = reported(view).find((text) => names.includes(text));
            if (name === undefined) return false;
            const most = Math.max(...names.map((one) => aliveCount(view, one)));
            return { name, count: aliveCount(view, name), most };
          },
        },
        { id: 'yourself', when: (view) => reported(view).includes(INSPECTOR) },
        {
          id: 'no-client',
          when(view) {
            const [text] = reported(view);
            return text !== undefined && { text: quote(text) };
          },
        },
        swapped(INSPECTOR, (text) => text === REPORT),
        {
          id: 'other-topic',
          when(view) {
            const other = said(view).find(
              (seen) => seen.packet.topic !== REPORT && !(seen.packet.retain && isCleared(seen)),
            );
            return other !== undefined && { topic: other.packet.topic };
          },
        },
        ...stopped(INSPECTOR),
        {
          id: 'no-report',
          when: (view) => over(view, INSPECTOR) && { count: heard(view).length },
        },
      ],
    },
    {
      id: 'gone',
      holds: (view) => {
        const last = retained(view).findLast(isOfGone);
        return last !== undefined && isCleared(last) && harmed(view) === undefined;
      },
      hints: [
        {
          id: 'cleared-there',
          when(view) {
            const name = harmed(view);
            return name !== undefined && { name };
          },
        },
        {
          id: 'kept-again',
          when(view) {
            const last = retained(view).findLast(isOfGone);
            return last !== undefined && !isCleared(last) && { payload: quote(textOf(last)) };
          },
        },
        {
          // 3.1.1 [MQTT-3.3.1-12]
          id: 'without-retain',
          when: (view) => said(view).some((seen) => isOfGone(seen) && !seen.packet.retain),
        },
        {
          id: 'other-status',
          when(view) {
            const topic = said(view).find(({ packet }) => packet.topic !== REPORT)?.packet.topic;
            return topic !== undefined && { topic };
          },
        },
        ...stopped(INSPECTOR),
        {
          id: 'still-there',
          when(view) {
            const statuses = new Set(
              heard(view).flatMap(({ packet }) =>
                matches(`${STATUS}+`, packet.topic) ? [packet.topic] : [],
              ),
            ).size;
            return over(view, INSPECTOR) && { statuses };
          },
        },
      ],
    },
  ]),
  proof: (view) => ({ name: reported(view)[0]!, gone: GONE }),
  predictions: [
    {
      id: 'who',
      measure(view) {
        const all = delivered(view, INSPECTOR, ALIVE);
        if (all.length < ENOUGH) return undefined;
        const isNamed = all.some((seen) => names.some((name) => textOf(seen).includes(name)));
        const entry = all.at(-1)!.entry.n;
        return { answer: isNamed ? 0 : 1, values: { count: all.length }, entry };
      },
    },
  ],
};

export default exercise;

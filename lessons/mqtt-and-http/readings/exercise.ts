import { isForPublishing, priceOf, type Usage } from '../../../sandbox/checks/price.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { measured } from '../measured.ts';

const HEATER = 'heater';
const TOPIC = 'kitchen/heater/temperature';
const COMMAND = 'kitchen/heater/set';
const READINGS = 20;
/** With so many connections the program is still the one that opens one for each reading. */
const MANY = 10;
const inText = (bytes: number): string => bytes.toLocaleString('en-US');

const connects = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: HEATER });
const readings = (view: View) => published(view, HEATER, TOPIC);
/** The connections on which readings went. */
const used = (view: View): number => new Set(readings(view).map(({ line }) => line.line)).size;
/** What the heater's readings took, subscriptions left out. */
const usage = (view: View): Usage => ({
  bytes: packets(view, { name: HEATER })
    .filter(({ entry }) => isForPublishing(entry.bytes, entry.direction))
    .reduce((sum, { entry }) => sum + entry.bytes.length, 0),
  connections: connects(view).length,
});

const subscribed = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: HEATER }).flatMap(
    ({ packet, entry }) => packet.subscriptions.map(({ filter }) => ({ filter, n: entry.n })),
  );
const asked = (view: View) => subscribed(view).find(({ filter }) => matches(filter, COMMAND));
/** Commands that came to a heater that had asked for them while it still sent readings. */
const heard = (view: View) => {
  const isInTime = (asked(view)?.n ?? Infinity) < (readings(view).at(-1)?.entry.n ?? 0);
  return isInTime ? delivered(view, HEATER, COMMAND) : [];
};
const sentItself = (view: View): boolean => published(view, HEATER, COMMAND).length > 0;

/** Connections of the program that the broker closed for another with the same id. */
function takenOver(view: View): number {
  const lines = new Set(connects(view).map(({ line }) => line.line));
  return view.entries.filter(
    (entry) => entry.type === 'line-closed' && entry.by === 'broker' && lines.has(entry.line),
  ).length;
}
const atOnce = {
  id: 'at-once',
  when(view: View) {
    const count = takenOver(view);
    return count > 0 && { count };
  },
};
/** Several readings in one message: how many numbers the fullest has. */
const numbersIn = (view: View): number =>
  Math.max(
    0,
    ...readings(view).map(
      ({ packet }) => new TextDecoder().decode(packet.payload).match(/\d+(?:\.\d+)?/g)?.length ?? 0,
    ),
  );

const exercise: Exercise = {
  devices: ['heater.ts'],
  panels: ['stage', 'packets'],
  scene: {
    actors: [
      { name: 'dashboard', subscribes: [{ filter: TOPIC }] },
      { name: 'phone', publishes: [{ topic: COMMAND, payload: 'off', everyMs: 900 }] },
    ],
  },
  checks: inTurn(
    [
      {
        id: 'arrived',
        holds: (view) =>
          delivered(view, 'dashboard', TOPIC).length >= READINGS &&
          readings(view).length >= READINGS,
        hints: [
          ...stopped(HEATER),
          {
            id: 'one-message',
            when(view) {
              const numbers = numbersIn(view);
              const count = readings(view).length;
              return over(view, HEATER) && numbers >= READINGS / 2 && { numbers, count };
            },
          },
          {
            id: 'other-topic',
            when(view) {
              const other = published(view, HEATER).find(
                ({ packet }) => packet.topic !== TOPIC && packet.topic !== COMMAND,
              );
              return other !== undefined && { topic: other.packet.topic };
            },
          },
          {
            id: 'too-few',
            when: (view) => over(view, HEATER) && { count: readings(view).length },
          },
        ],
      },
      {
        id: 'one',
        holds: (view) => connects(view).length === 1,
        hints: [
          {
            id: 'each-its-own',
            when: (view) =>
              used(view) >= MANY && {
                count: used(view),
                mine: inText(priceOf(usage(view))),
                http: inText(priceOf(measured['http-kept'])),
              },
          },
          { id: 'several', when: (view) => used(view) > 1 && { count: used(view) } },
          {
            id: 'second-connection',
            when: (view) => connects(view).length > 1 && { count: connects(view).length },
          },
        ],
      },
      {
        id: 'unasked',
        holds: (view) => heard(view).length > 0 && !sentItself(view),
        hints: [
          { id: 'own-command', when: sentItself },
          ...stopped(HEATER),
          {
            id: 'other-filter',
            when(view) {
              const filter = subscribed(view).at(-1)?.filter;
              return filter !== undefined && !asked(view) && { filter };
            },
          },
          { id: 'left-early', when: (view) => over(view, HEATER) && asked(view) !== undefined },
          { id: 'not-subscribed', when: (view) => over(view, HEATER) },
        ],
      },
    ],
    [atOnce],
  ),
  proof: (view) => ({
    mine: inText(priceOf(usage(view))),
    kept: inText(priceOf(measured['http-kept'])),
    each: inText(priceOf(measured['http-each'])),
    command: quote(heard(view)[0]!.packet.payload),
  }),
  predictions: [
    {
      id: 'dearer',
      measure(view) {
        if (!over(view, HEATER) || used(view) < MANY) return undefined;
        const [mine, http] = [priceOf(usage(view)), priceOf(measured['http-kept'])];
        const answer = mine > http * 1.1 ? 1 : mine < http * 0.9 ? 0 : 2;
        return { answer, values: { mine: inText(mine), http: inText(http) } };
      },
    },
  ],
};

export default exercise;

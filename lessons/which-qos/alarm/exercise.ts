import type { Exercise, Hint, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import type { QoS } from '../../../sandbox/protocol/mqtt.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import {
  deliveredFrom,
  hasFailed,
  over,
  packets,
  published,
  refusedFrom,
} from '../../../sandbox/checks/view.ts';
import { explained, visible } from '../../../sandbox/checks/steps.ts';

const SMOKE = 'house/kitchen/smoke';
const TEMPERATURE = 'house/kitchen/temperature';
const SENSOR = 'sensor';
const PHONE = 'phone';

/** The QoS of each delivery of a topic to a client. */
const got = (view: View, client: string, topic: string): QoS[] =>
  deliveredFrom(view, SENSOR, client, topic).map(({ packet }) => packet.qos);
const isAll = (all: QoS[], qos: QoS) => all.length > 0 && all.every((one) => one === qos);
const sentAt = (view: View, topic: string): QoS[] =>
  published(view, SENSOR, topic).map(({ packet }) => packet.qos);

/** What the phone was subscribed to in the end: the same filter again replaces the one before. */
function subscriptions(view: View): Map<string, QoS> {
  const all = new Map<string, QoS>();
  for (const { packet } of packets(view, { direction: 'to-broker', name: PHONE })) {
    if (packet.kind === 'SUBSCRIBE')
      for (const { filter, qos } of packet.subscriptions) all.set(filter, qos);
    if (packet.kind === 'UNSUBSCRIBE') for (const filter of packet.filters) all.delete(filter);
  }
  return all;
}
const fits = (view: View, topic: string): [string, QoS][] =>
  [...subscriptions(view)].filter(([filter]) => matches(filter, topic));
const shown = (filters: [string, QoS][]) =>
  filters.map(([filter, qos]) => `${visible(filter)} (QoS ${qos})`).join(', ') || '–';

/** Several of the phone's filters fit: it gets the message at the highest QoS of them. */
const overlap =
  (topic: string, wanted: QoS) =>
  (view: View): HintValues | false => {
    const filters = fits(view, topic);
    const wrong = got(view, PHONE, topic).find((qos) => qos !== wanted);
    return filters.length > 1 && wrong !== undefined
      ? { filters: shown(filters), qos: wrong }
      : false;
  };
/** The first delivery to the phone at another QoS than this, with the two that made it. */
const other =
  (topic: string, is: (qos: QoS) => boolean) =>
  (view: View): HintValues | false => {
    const qos = got(view, PHONE, topic).find(is);
    const [filter] = fits(view, topic);
    if (qos === undefined || !filter) return false;
    return { qos, sent: sentAt(view, topic)[0] ?? '?', granted: filter[1] };
  };
/** The sensor is over, and none of its messages on this topic came to the phone. */
const isMissed = (view: View, topic: string) =>
  over(view, SENSOR) && sentAt(view, topic).length > 0 && got(view, PHONE, topic).length === 0;
const notSubscribed =
  (topic: string) =>
  (view: View): HintValues | false =>
    isMissed(view, topic) &&
    fits(view, topic).length === 0 && { filters: shown([...subscriptions(view)]) };
const cameLate = (topic: string) => (view: View) =>
  isMissed(view, topic) && fits(view, topic).length > 0;
/** The sensor is over, and published nothing to this topic. */
const neverSent = (view: View, topic: string): HintValues | false => {
  const others = published(view, SENSOR).filter(
    ({ packet }) => packet.topic !== SMOKE && packet.topic !== TEMPERATURE,
  );
  return (
    over(view, SENSOR) &&
    !hasFailed(view, SENSOR) &&
    sentAt(view, topic).length === 0 && {
      topic,
      instead: visible(others[0]?.packet.topic ?? '–'),
    }
  );
};

/** What stopped a program comes before what it did not do. */
const halted = (device: string): Hint[] => [
  {
    id: 'refused',
    when: (view) => {
      const [first] = refusedFrom(view, device);
      return first ? { rule: first.statement } : false;
    },
  },
  // MQTT.js has no place for a QoS of 3, and sends none that is a text.
  ...explained(/'0'|Connection closed/, device),
];

const exercise: Exercise = {
  devices: ['phone.ts', 'sensor.ts'],
  scene: {
    actors: [
      { name: 'siren', subscribes: [{ filter: 'house/+/smoke', qos: 2 }] },
      { name: 'log', subscribes: [{ filter: 'house/#', qos: 1 }] },
    ],
  },
  panels: ['output', 'stage', 'packets'],
  checks: [
    {
      id: 'siren',
      holds: (view) => isAll(got(view, 'siren', SMOKE), 2),
      hints: [
        ...halted(SENSOR),
        {
          id: 'smoke-sent-lower',
          when: (view) => {
            const qos = sentAt(view, SMOKE).find((one) => one < 2);
            return qos === undefined ? false : { qos };
          },
        },
        { id: 'no-smoke', when: (view) => neverSent(view, SMOKE) },
      ],
    },
    {
      id: 'log',
      holds: (view) => isAll(got(view, 'log', SMOKE), 1) && isAll(got(view, 'log', TEMPERATURE), 1),
      hints: [
        {
          id: 'sent-at-0',
          when: (view) => {
            const topic = [SMOKE, TEMPERATURE].find((one) => sentAt(view, one).includes(0));
            return topic ? { topic } : false;
          },
        },
        {
          id: 'no-temperature',
          when: (view) => sentAt(view, SMOKE).length > 0 && neverSent(view, TEMPERATURE),
        },
      ],
    },
    {
      id: 'phone-smoke',
      holds: (view) => isAll(got(view, PHONE, SMOKE), 1),
      hints: [
        ...halted(PHONE),
        { id: 'overlap', when: overlap(SMOKE, 1) },
        { id: 'smoke-too-high', when: other(SMOKE, (qos) => qos > 1) },
        {
          id: 'smoke-too-low',
          when: (view) => !sentAt(view, SMOKE).includes(0) && other(SMOKE, (qos) => qos < 1)(view),
        },
        { id: 'smoke-not-subscribed', when: notSubscribed(SMOKE) },
        { id: 'came-late', when: cameLate(SMOKE) },
      ],
    },
    {
      id: 'phone-temperature',
      holds: (view) => isAll(got(view, PHONE, TEMPERATURE), 0),
      hints: [
        { id: 'overlap', when: overlap(TEMPERATURE, 0) },
        { id: 'temperature-too-high', when: other(TEMPERATURE, (qos) => qos > 0) },
        {
          id: 'temperature-not-subscribed',
          when: (view) => !isMissed(view, SMOKE) && notSubscribed(TEMPERATURE)(view),
        },
        { id: 'came-late', when: (view) => !isMissed(view, SMOKE) && cameLate(TEMPERATURE)(view) },
      ],
    },
  ],
  proof: (view) => ({ sent: sentAt(view, SMOKE)[0]!, got: got(view, PHONE, SMOKE)[0]! }),
  predictions: [
    {
      id: 'which',
      // The sensor as it was, at QoS 1, and a phone that asks for 2.
      measure: (view) => {
        const asked = fits(view, SMOKE).map(([, qos]) => qos);
        const isAsGiven = sentAt(view, SMOKE)[0] === 1 && asked[0] === 2;
        const [siren] = got(view, 'siren', SMOKE);
        const [phone] = got(view, PHONE, SMOKE);
        return isAsGiven && siren === 1 && phone === 1
          ? { answer: 2, values: { siren, phone } }
          : undefined;
      },
    },
  ],
};

export default exercise;

import { explained, steps } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';

const PRESS = 'press';
const TOPICS = {
  temperature: 'factory/hall-3/line-7/press-2/temperature',
  pressure: 'factory/hall-3/line-7/press-2/pressure',
} as const;
const ALIAS = 3; // bytes of the property
const EACH = 10; // readings of each topic, at least

const readings = (view: View) => published(view, PRESS);
const aliasOf = ({ packet }: ReturnType<typeof readings>[number]) => packet.properties?.topicAlias;
const received = (view: View, topic: string) => delivered(view, 'dashboard', topic).length;
const isMapped = (view: View) =>
  readings(view).some((each) => each.packet.topic !== '' && aliasOf(each) !== undefined);
/** Bytes of the stream, and what it would take with the topic in each PUBLISH. */
function size(view: View): { bytes: number; full: number } {
  const known = new Map<string, string>();
  let bytes = 0;
  let full = 0;
  for (const each of readings(view)) {
    const { packet, line } = each;
    const key = `${line.line} ${aliasOf(each)}`;
    if (packet.topic !== '') known.set(key, packet.topic);
    const left = packet.topic === '' ? (known.get(key) ?? '') : '';
    bytes += packet.length;
    // The topic that was left out, in the place of the alias.
    full += packet.length + new TextEncoder().encode(left).length;
    if (aliasOf(each) !== undefined) full -= ALIAS;
  }
  return { bytes, full };
}
const isShort = (view: View) => {
  const { bytes, full } = size(view);
  return readings(view).length >= 2 * EACH && bytes < full / 2;
};
const numbersOn = (view: View, topic: string) =>
  delivered(view, 'dashboard', topic).map(({ packet }) =>
    Number(new TextDecoder().decode(packet.payload)),
  );
/** The starter's pressures came as temperatures, and its temperatures as pressures. */
const mixedUp = (view: View): number | undefined => {
  const isCool = numbersOn(view, TOPICS.pressure).some((value) => value > 60 && value <= 70);
  const hot = numbersOn(view, TOPICS.temperature).find((value) => value >= 190 && value < 200);
  return isCool ? hot : undefined;
};
const counts = (view: View) => ({
  temperature: received(view, TOPICS.temperature),
  pressure: received(view, TOPICS.pressure),
});

/** Before what `steps` says of every broken rule. */
const aliasZero: Hint = {
  id: 'alias-zero',
  when: (view) =>
    view.entries.some((entry) => entry.type === 'refused' && entry.rule === 'topic-alias-zero'),
};

const oldVersion: Hint = {
  id: 'old-version',
  when: (view) =>
    packets(view, { kind: 'CONNECT', direction: 'to-broker', name: PRESS }).some(
      ({ packet }) => packet.version < 5,
    ),
};
const emptyTopic: Hint = {
  id: 'empty-topic',
  when: (view) =>
    view.entries.some((entry) => entry.type === 'refused' && entry.rule === 'topic-empty'),
};

const exercise: Exercise = {
  devices: ['press.ts'],
  scene: { actors: [{ name: 'dashboard', subscribes: [{ filter: 'factory/#' }] }] },
  panels: ['packets', 'stage'],
  checks: steps(
    [PRESS],
    [
      {
        id: 'mapped',
        holds: isMapped,
        hints: [
          ...explained(/out of range/i, PRESS),
          {
            id: 'nothing-sent',
            when: (view) => over(view, PRESS) && readings(view).length === 0,
          },
          {
            id: 'no-alias',
            when: (view) => over(view, PRESS) && { count: readings(view).length },
          },
        ],
      },
      {
        id: 'short',
        holds: isShort,
        hints: [
          {
            id: 'topic-again',
            when(view) {
              const both = readings(view).filter(
                (each) => each.packet.topic !== '' && aliasOf(each) !== undefined,
              );
              return over(view, PRESS) && both.length > EACH / 2 && { count: both.length };
            },
          },
          {
            id: 'too-few',
            when: (view) =>
              over(view, PRESS) &&
              readings(view).length < 2 * EACH && { count: readings(view).length },
          },
          ...explained(/out of range/i, PRESS),
          {
            id: 'still-long',
            when(view) {
              const without = readings(view).filter((each) => aliasOf(each) === undefined).length;
              return over(view, PRESS) && { ...size(view), without };
            },
          },
        ],
      },
      {
        id: 'arrived',
        holds: (view) =>
          Object.values(TOPICS).every((topic) => received(view, topic) >= EACH) &&
          mixedUp(view) === undefined,
        hints: [
          ...explained(/out of range/i, PRESS),
          {
            // 5.0, section 3.3.2.3.4: a new topic with a used alias replaces the mapping.
            id: 'one-alias',
            when(view) {
              const aliases = new Set(readings(view).flatMap((each) => aliasOf(each) ?? []));
              return over(view, PRESS) && aliases.size === 1 && counts(view);
            },
          },
          {
            id: 'mixed-up',
            when(view) {
              const mixed = mixedUp(view);
              return over(view, PRESS) && mixed !== undefined && { value: mixed };
            },
          },
          { id: 'other-topics', when: (view) => over(view, PRESS) && counts(view) },
        ],
      },
    ],
  ).map((check) => ({
    ...check,
    hints: [aliasZero, oldVersion, emptyTopic, ...(check.hints ?? [])],
  })),
  proof: (view) => ({ ...size(view), count: readings(view).length }),
  predictions: [
    {
      id: 'how-long',
      measure(view) {
        const first = readings(view).find(({ packet }) => packet.topic === TOPICS.temperature);
        if (!first || aliasOf(first) !== undefined) return undefined;
        const bytes = first.packet.length;
        return { answer: bytes < 25 ? 0 : bytes < 100 ? 1 : 2, values: { bytes } };
      },
    },
  ],
};

export default exercise;

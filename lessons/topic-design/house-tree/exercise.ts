import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { visible } from '../../../sandbox/checks/spaces.ts';
import {
  over,
  packets,
  published,
  refusedFrom,
  sentNoConnect,
} from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';

const HOUSE = 'house';
const CLIENTS = 'clients';
/** Client id → the values that it is to receive, and no other. A value names its thing. */
const WANTED: Record<string, readonly number[]> = {
  'all-lights': [70, 45, 30],
  'ground-floor': [70, 45, 21],
  'bedroom-lamp': [55],
};
const VALUES = [70, 45, 30, 21, 18, 55];

/** The number in a payload, also in JSON. */
function valueOf(payload: Uint8Array): number | undefined {
  const found = /-?\d+(\.\d+)?/.exec(new TextDecoder().decode(payload));
  return found ? Number(found[0]) : undefined;
}
const sent = (view: View) =>
  published(view, HOUSE).map(({ packet, entry }) => ({
    ...{ topic: packet.topic, value: valueOf(packet.payload), n: entry.n },
  }));
const topicOf = (view: View, value: number) =>
  sent(view).find((each) => each.value === value)?.topic;

/** After entry `from` all six were published, and then something more: the six are delivered. */
function isDecided(view: View, from = 0): boolean {
  const all = sent(view).filter(({ n }) => n > from);
  const firsts = VALUES.map((value) => all.find((each) => each.value === value)?.n ?? Infinity);
  const last = Math.max(...firsts);
  return last < Infinity && (over(view, HOUSE) || all.some(({ n }) => n > last));
}

/** The connections of one client id of the program. */
function linesOf(view: View, clientId: string): Set<number> {
  const connects = packets(view, { kind: 'CONNECT', direction: 'to-broker', name: CLIENTS });
  const own = connects.filter(({ packet }) => packet.clientId === clientId);
  return new Set(own.map(({ line }) => line.line));
}
function filtersOf(view: View, clientId: string): string[] {
  const lines = linesOf(view, clientId);
  const all = packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: CLIENTS })
    .filter(({ line }) => lines.has(line.line))
    .flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
  return [...new Set(all)];
}
function received(view: View, clientId: string) {
  const lines = linesOf(view, clientId);
  return packets(view, { kind: 'PUBLISH', direction: 'to-client', name: CLIENTS })
    .filter(({ line }) => lines.has(line.line))
    .map(({ packet }) => ({ topic: packet.topic, value: valueOf(packet.payload) }));
}

/** The trace's number of the SUBACK with which the client was ready. */
function readyAt(view: View, clientId: string): number {
  const lines = linesOf(view, clientId);
  const answers = packets(view, { kind: 'SUBACK', direction: 'to-client', name: CLIENTS });
  return answers.findLast(({ line }) => lines.has(line.line))?.entry.n ?? Infinity;
}

const extraOf = (view: View, client: string) =>
  received(view, client).find(({ value }) => !WANTED[client]!.includes(value ?? NaN));
const missingOf = (view: View, client: string) => {
  const there = new Set(received(view, client).map(({ value }) => value));
  return WANTED[client]!.find((value) => !there.has(value));
};
const isRight = (view: View, client: string): boolean =>
  isDecided(view, readyAt(view, client)) &&
  filtersOf(view, client).length === 1 &&
  missingOf(view, client) === undefined &&
  extraOf(view, client) === undefined;

/** A thing's topic is its own, has no level without a name, and no value in it. */
function untidy(view: View): { id: string; values: HintValues } | undefined {
  for (const { topic, value } of sent(view)) {
    const levels = topic.split('/');
    if (levels.includes('')) return { id: 'empty-level', values: { topic: visible(topic) } };
    const hasValue = value !== undefined && levels.some((level) => level === String(value));
    if (hasValue) return { id: 'value-in-topic', values: { topic, value } };
    const other = VALUES.find((each) => each !== value && topicOf(view, each) === topic);
    const isKnown = value !== undefined && VALUES.includes(value);
    if (other !== undefined && isKnown) {
      return { id: 'shared-topic', values: { topic: visible(topic), value, other } };
    }
  }
  return undefined;
}
const untidyHint = (id: string) => ({
  id,
  when: (view: View) => {
    const found = untidy(view);
    return isDecided(view) && found?.id === id && found.values;
  },
});
const isTidy = (view: View) => isDecided(view) && untidy(view) === undefined;

/** The first client that doesn't receive what it should: one thing at a time. */
const firstWrong = (view: View) =>
  isTidy(view) ? Object.keys(WANTED).find((client) => !isRight(view, client)) : undefined;
const about = (
  client: string,
  what: (view: View, client: string, filter: string) => HintValues | false,
) => {
  return (view: View) =>
    firstWrong(view) === client && what(view, client, visible(filtersOf(view, client).join(', ')));
};

/** One filter for some topics that says in each level what they share. */
function filtersFor(topics: readonly string[]): string[] {
  const all = topics.map((topic) => topic.split('/'));
  const length = Math.min(...all.map((levels) => levels.length));
  const shared = Array.from({ length }, (_, at) =>
    all.every((levels) => levels[at] === all[0]![at]) ? all[0]![at]! : '+',
  );
  const narrow = all.every((levels) => levels.length === length) ? [shared.join('/')] : [];
  return [...narrow, ...shared.map((_, at) => [...shared.slice(0, at), '#'].join('/'))];
}
/** Whether any filter brings the client what it needs, and nothing else. */
function canBeAsked(view: View, client: string): boolean {
  const topicsOf = (values: readonly number[]) =>
    values.flatMap((value) => topicOf(view, value) ?? []);
  const wanted = topicsOf(WANTED[client]!);
  const others = topicsOf(VALUES.filter((value) => !WANTED[client]!.includes(value)));
  return filtersFor(wanted).some((filter) => !others.some((topic) => matches(filter, topic)));
}

const checkOf = (client: string, id: string) => ({
  id,
  holds: (view: View) => isRight(view, client),
  hints: [
    {
      id: 'not-there',
      when: about(client, (view) => {
        const isGone = over(view, HOUSE) && filtersOf(view, client).length === 0;
        return isGone && { client };
      }),
    },
    {
      id: 'several',
      when: about(client, (view) => {
        const count = filtersOf(view, client).length;
        return count > 1 && { client, count };
      }),
    },
    {
      // Whatever the filter is: the tree can't answer this question.
      id: 'no-filter-fits',
      when: about(client, (view) => {
        const topics = [...new Set(WANTED[client]!.map((value) => topicOf(view, value)))];
        return !canBeAsked(view, client) && { client, topics: topics.join('  ') };
      }),
    },
    {
      id: 'extra',
      when: about(client, (view, _, filter) => {
        const extra = extraOf(view, client);
        return extra ? { client, filter, topic: visible(extra.topic) } : false;
      }),
    },
    {
      id: 'missing',
      when: about(client, (view, _, filter) => {
        const value = missingOf(view, client);
        const topic = value === undefined ? undefined : topicOf(view, value);
        // A filter that fits, and no message: the client came too late.
        const isLate =
          topic !== undefined && filtersOf(view, client).some((f) => matches(f, topic));
        return topic !== undefined && !isLate && { client, filter, topic: visible(topic) };
      }),
    },
    { id: 'late', when: about(client, (view) => over(view, HOUSE) && { client }) },
  ],
});

const exercise: Exercise = {
  devices: ['house.ts', 'clients.ts'],
  panels: ['stage', 'topics', 'packets'],
  scene: {},
  checks: [
    {
      id: 'tidy',
      holds: isTidy,
      hints: [
        {
          id: 'invalid',
          when: (view) => {
            const [entry] = [...refusedFrom(view, HOUSE), ...refusedFrom(view, CLIENTS)];
            return entry ? { statement: entry.statement } : false;
          },
        },
        {
          id: 'no-connect',
          when: (view) => sentNoConnect(view, HOUSE),
        },
        {
          id: 'not-all',
          when: (view) => {
            const value = VALUES.find((each) => topicOf(view, each) === undefined);
            return over(view, HOUSE) && value !== undefined && { value };
          },
        },
        untidyHint('empty-level'),
        untidyHint('value-in-topic'),
        untidyHint('shared-topic'),
      ],
    },
    checkOf('all-lights', 'lights'),
    checkOf('ground-floor', 'ground'),
    checkOf('bedroom-lamp', 'lamp'),
  ],
};

export default exercise;

import { inTurn } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise, Hint, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import type { LogEntry } from '../../../sandbox/protocol/trace.ts';

const [HOME, PHONE] = ['home', 'phone'];
/** The bridge's two lines have it in their topics at the cloud. */
const PREFIX = 'garden-7/';
const TEMPERATURE = 'home/temperature';
const LAMP = 'set/lamp';
const DIARY = 'diary/today';
const DOOR = 'home/door';

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);
const allOver = (view: View) => over(view, HOME!) && over(view, PHONE!);
const logs = (view: View) =>
  view.entries.filter((entry): entry is LogEntry => entry.type === 'log');

// ── The bridge's connection ──

const isBridge = { role: 'bridge' } as const;
const connects = (view: View) =>
  packets(view, { ...isBridge, kind: 'CONNECT', direction: 'to-broker' });
const connacks = (view: View) =>
  packets(view, { ...isBridge, kind: 'CONNACK', direction: 'to-client' });
const isConnected = (view: View) =>
  connacks(view).some(({ packet, line }) => packet.reasonCode === 0 && line.on === 'cloud');
/** Filters that the house's broker has subscribed to at the cloud. */
const asked = (view: View): string[] => {
  const all = packets(view, { ...isBridge, kind: 'SUBSCRIBE', direction: 'to-broker' }).flatMap(
    ({ packet }) => packet.subscriptions.map(({ filter }) => filter),
  );
  return [...new Set(all)];
};
const asks = (view: View, topic: string) => asked(view).some((filter) => matches(filter, topic));
/** What the house's broker has told the cloud, and what it was told. */
const passed = (view: View, direction: 'to-broker' | 'to-client') =>
  packets(view, { ...isBridge, kind: 'PUBLISH', direction });

/** Where the bridge tried to connect to last, as the broker's log has it. */
function triedAddress(view: View): string | undefined {
  const found = logs(view).map(
    ({ text, on }) => !on && /^Connecting bridge .*\((.+)\)$/.exec(text),
  );
  const last = found.findLast((one) => one)!;
  return last ? last[1] : undefined;
}
/** A broker said what is wrong, and nobody was let in. */
function startError(view: View, on: 'cloud' | undefined): HintValues | false {
  const name = on ? PHONE! : HOME!;
  const isDown = view.entries.some(
    (entry) => entry.type === 'line-refused' && entry.name === name && entry.on === on,
  );
  const said = logs(view).find((entry) => entry.on === on && entry.level === 'error');
  return isDown && said !== undefined && { error: said.text };
}

// ── What has arrived where ──

const atPhone = (view: View, text: string) =>
  delivered(view, PHONE!).filter(
    ({ packet }) => textOf(packet.payload) === text && !packet.topic.startsWith('$'),
  );
const arrivedOut = (view: View) =>
  atPhone(view, '21').filter(({ packet }) => packet.topic === `${PREFIX}${TEMPERATURE}`);
/** Where else the temperature arrived. */
const elsewhere = (view: View) =>
  atPhone(view, '21').find(({ packet }) => packet.topic !== `${PREFIX}${TEMPERATURE}`)?.packet
    .topic;
const arrivedIn = (view: View) => delivered(view, HOME!, LAMP);
const diaryAt = (view: View) => published(view, HOME!, DIARY)[0]?.entry.n;
const forgedAt = (view: View) => published(view, PHONE!, `${PREFIX}${DOOR}`)[0]?.entry.n;
const leaked = (view: View) =>
  passed(view, 'to-broker').find(({ packet }) => packet.topic.endsWith(DIARY));
const isForged = (view: View) => delivered(view, HOME!, DOOR).length > 0;
/** Filters of the bridge's client at its own broker: what it takes from there. */
const takes = (view: View): string[] =>
  view.state.clients
    .filter(({ clientId }) => clientId.startsWith('local.'))
    .flatMap(({ subscriptions }) => subscriptions.map(({ filter }) => filter));

const quoted = (filters: readonly string[]) => filters.map((filter) => `“${filter}”`).join(', ');
const changed = (device: string): Hint => ({
  id: 'program-changed',
  when: (view) => allOver(view) && { device },
});
const loop: Hint = {
  id: 'loop',
  when: (view) =>
    view.entries.some((entry) => entry.type === 'limit' && entry.limit === 'bridgeHops'),
};

const exercise: Exercise = {
  devices: ['home.ts', 'phone.ts'],
  panels: ['files', 'stage', 'wire'],
  explains: ['bridge-option'],
  scene: {},
  checks: inTurn(
    [
      {
        id: 'connected',
        holds: isConnected,
        hints: [
          { id: 'not-started', when: (view) => startError(view, undefined) },
          { id: 'cloud-changed', when: (view) => startError(view, 'cloud') },
          {
            id: 'no-login',
            when: (view) =>
              connacks(view).some(({ packet }) => packet.reasonCode !== 0) &&
              connects(view).at(-1)?.packet.userName === undefined,
          },
          {
            id: 'wrong-login',
            when: (view) => {
              const refused = connacks(view).find(({ packet }) => packet.reasonCode !== 0);
              const user = connects(view).at(-1)?.packet.userName;
              return (
                refused !== undefined &&
                user !== undefined && { user, code: refused.packet.reasonCode }
              );
            },
          },
          {
            id: 'wrong-address',
            when: (view) => {
              const address = triedAddress(view);
              return address !== undefined && address !== 'cloud:1883' && { address };
            },
          },
          { id: 'no-bridge', when: (view) => allOver(view) },
        ],
      },
      {
        id: 'out',
        holds: (view) => arrivedOut(view).length > 0,
        hints: [
          {
            id: 'no-slash',
            when: (view) => {
              const topic = elsewhere(view);
              return topic !== undefined && topic.startsWith('garden-7home') && { topic };
            },
          },
          { id: 'no-prefix', when: (view) => elsewhere(view) === TEMPERATURE },
          {
            id: 'wrong-topic',
            when: (view) => {
              const topic = elsewhere(view);
              return topic !== undefined && { topic };
            },
          },
          {
            id: 'swapped-prefix',
            when: (view) => {
              const filter = takes(view).find((one) => one.startsWith('garden-7'));
              return allOver(view) && filter !== undefined && { filter };
            },
          },
          {
            id: 'wrong-direction',
            when: (view) => {
              const filter = asked(view).find(
                (one) => matches(one, `${PREFIX}${TEMPERATURE}`) || matches(one, TEMPERATURE),
              );
              return allOver(view) && filter !== undefined && { filter };
            },
          },
          { id: 'nothing-out', when: (view) => allOver(view) },
        ],
      },
      {
        id: 'in',
        holds: (view) => arrivedIn(view).length > 0,
        hints: [
          {
            id: 'not-mapped',
            when: (view) => {
              const told = passed(view, 'to-client').find(({ packet }) =>
                packet.topic.endsWith(LAMP),
              );
              return allOver(view) && told !== undefined && { topic: told.packet.topic };
            },
          },
          {
            id: 'asked-elsewhere',
            when: (view) =>
              allOver(view) &&
              asked(view).length > 0 &&
              !asks(view, `${PREFIX}${LAMP}`) && { filters: quoted(asked(view)) },
          },
          { id: 'not-asked', when: (view) => allOver(view) },
        ],
      },
      {
        id: 'private',
        holds: (view) => {
          const n = diaryAt(view);
          const isLater = arrivedOut(view).some(({ entry }) => n !== undefined && entry.n > n);
          return isLater && leaked(view) === undefined;
        },
        hints: [
          {
            id: 'leaks',
            when: (view) => {
              const topic = leaked(view)?.packet.topic;
              return topic !== undefined && { topic };
            },
          },
          changed(HOME!),
        ],
      },
      {
        id: 'one-way',
        holds: (view) => {
          const n = forgedAt(view);
          const isLater = arrivedIn(view).some(({ entry }) => n !== undefined && entry.n > n);
          return isLater && !isForged(view);
        },
        hints: [{ id: 'both-ways', when: isForged }, changed(PHONE!)],
      },
    ],
    [loop],
  ),
  predictions: [
    {
      id: 'phone',
      measure(view) {
        if (!over(view, PHONE!) || connects(view).length > 0) return undefined;
        const count = atPhone(view, '21').length;
        return { answer: count > 0 ? 0 : 1, values: { count } };
      },
    },
  ],
};

export default exercise;

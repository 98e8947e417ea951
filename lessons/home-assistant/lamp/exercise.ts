import { quote, secondsOf } from '../../../sandbox/checks/quote.ts';
import { failed, steps, visible } from '../../../sandbox/checks/steps.ts';
import { over, packets, published } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { announced } from '../announced.ts';
import {
  LAMP,
  ANNOUNCEMENT,
  text,
  textOf,
  heard,
  isOver,
  configOf,
  known,
  wordFor,
  thereWord,
  goneWord,
  wills,
  said,
  isThere,
  clicks,
  unanswered,
  isSwitched,
  lastState,
  notKept,
  elsewhere,
  isState,
} from '../heard.ts';

const exercise: Exercise = {
  devices: ['lamp.ts', 'home-assistant.ts'],
  panels: ['stage', 'output', 'packets', 'broker'],
  scene: {},
  checks: steps(
    [LAMP],
    [
      announced,
      {
        id: 'available',
        holds: (view) => {
          const config = known(view);
          if (!config) return false;
          const isWill = wills(view).some(
            (will) =>
              will !== undefined &&
              will.topic === config['availability_topic'] &&
              text(will.payload) === goneWord(config),
          );
          return isWill && (isThere(view, 0) || isThere(view, 1));
        },
        hints: [
          {
            id: 'will-elsewhere',
            when: (view) => {
              const want = known(view)?.['availability_topic'];
              const [will] = wills(view);
              if (want === undefined || will?.topic === want) return false;
              return { topic: visible(will?.topic ?? ''), want: visible(want) };
            },
          },
          {
            id: 'will-says',
            when: (view) => {
              const config = known(view);
              const [will] = wills(view);
              if (!config || !will || text(will.payload) === goneWord(config)) return false;
              return { payload: visible(text(will.payload)), want: goneWord(config) };
            },
          },
          {
            id: 'available-word',
            when: (view) => {
              const config = known(view);
              if (!config) return false;
              const all = published(view, LAMP, config['availability_topic']).map(textOf);
              const want = thereWord(config);
              const other = all.find((word) => word !== want && word !== goneWord(config));
              return all.includes(want) || other === undefined
                ? false
                : { payload: visible(quote(other)), want };
            },
          },
          {
            id: 'available-elsewhere',
            when: (view) => {
              const config = known(view);
              return (
                config !== undefined &&
                elsewhere(view, config['availability_topic']!, (seen) => textOf(seen) === thereWord(config)) // prettier-ignore
              );
            },
          },
          { id: 'not-kept', when: (view) => notKept(view, 0, known(view)?.['availability_topic']) },
          failed(LAMP),
          { id: 'never-available', when: (view) => isOver(view) || over(view, LAMP) },
        ],
      },
      {
        id: 'switched',
        holds: isSwitched,
        hints: [
          {
            id: 'not-listening',
            when: (view) => {
              const topic = known(view)?.['command_topic'];
              if (topic === undefined || clicks(view).length === 0) return false;
              const filters =
                packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: LAMP }) // prettier-ignore
                  .flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
              return (
                !filters.some((filter) => matches(filter, topic)) && {
                  topic: visible(topic),
                  filters: visible(filters.join(', ')),
                }
              );
            },
          },
          {
            id: 'state-word',
            when: (view) => {
              const config = known(view);
              if (!config) return false;
              const click = unanswered(view, config);
              const words = [wordFor(config, 'on'), wordFor(config, 'off')];
              const other = published(view, LAMP, config['state_topic']).find(
                (seen) => !words.includes(textOf(seen)),
              );
              return click && other
                ? { payload: visible(quote(textOf(other))), want: words.join(', ') }
                : false;
            },
          },
          {
            id: 'state-elsewhere',
            when: (view) => {
              const config = known(view);
              return (
                config !== undefined &&
                clicks(view).length > 0 &&
                elsewhere(view, config['state_topic']!, (seen) => isState(textOf(seen)))
              );
            },
          },
          failed(LAMP),
          {
            id: 'state-same',
            when: (view) => {
              const config = known(view);
              const click = config && isOver(view) && unanswered(view, config);
              const last = click && lastState(view, config);
              if (!last || last.entry.n < click.entry.n) return false;
              return { payload: visible(quote(textOf(last))), want: text(click.packet.payload) };
            },
          },
          {
            id: 'state-never',
            when: (view) => isOver(view) && clicks(view).length > 0,
          },
          { id: 'too-late', when: isOver },
        ],
      },
      {
        id: 'back',
        holds: (view) => {
          const config = configOf(view, 1);
          if (!config || !isThere(view, 1)) return false;
          const want = clicks(view).at(-1);
          return (
            want !== undefined &&
            said(view, 1, config, 'state_topic', text(want.packet.payload)).length > 0
          );
        },
        hints: [
          {
            id: 'not-back',
            when: (view) => {
              const config = known(view);
              if (!config || !isOver(view)) return false;
              const topics = published(view, LAMP).map(({ packet }) => packet.topic);
              const there = new Set(heard(view, 1).map(({ packet }) => packet.topic));
              const missing = [
                topics.find((topic) => ANNOUNCEMENT.test(topic)),
                config['availability_topic'],
                config['state_topic'],
              ].find((topic) => topic !== undefined && !there.has(topic));
              return missing === undefined ? false : { topic: visible(missing) };
            },
          },
          {
            id: 'old-state',
            when: (view) => {
              const config = configOf(view, 1);
              const state = config && heard(view, 1).findLast(({ packet }) => packet.topic === config['state_topic']); // prettier-ignore
              const want = clicks(view).at(-1);
              return isOver(view) && state && want && textOf(state) !== text(want.packet.payload)
                ? { payload: visible(quote(textOf(state))), want: text(want.packet.payload) }
                : false;
            },
          },
          { id: 'not-there-again', when: isOver },
        ],
      },
    ],
  ),
  proof: (view) => ({
    name: quote(known(view)?.['name'] ?? 'MQTT Light'),
    count: clicks(view).length,
  }),
  predictions: [
    {
      id: 'restart',
      measure: (view) => {
        const config = configOf(view, 1);
        const state = config && heard(view, 1).find(({ packet }) => packet.topic === config['state_topic']); // prettier-ignore
        if (!state || !isSwitched(view)) return undefined;
        const answer = state.packet.retain ? 1 : 2;
        const values = { state: quote(textOf(state)), at: secondsOf(state.entry) };
        return { answer, values, entry: state.entry.n };
      },
    },
  ],
};

export default exercise;

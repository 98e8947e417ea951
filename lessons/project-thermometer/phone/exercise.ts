import { quote, secondsOf } from '../../../sandbox/checks/quote.ts';
import { failed, steps, visible } from '../../../sandbox/checks/steps.ts';
import { delivered, over, published } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import {
  brokenAt,
  filtersOf,
  gotStatus,
  GUEST,
  isConnected,
  isGoodWill,
  isReading,
  keptFor,
  PHONE,
  readings,
  said,
  SENSOR,
  STATUS,
  TEMPERATURE,
  text,
  textOf,
  wills,
} from '../seen.ts';

/** So many readings are a line in the chart. */
const FEW = 3;

const exercise: Exercise = {
  devices: ['sensor.ts', 'phone.ts', 'guest.ts'],
  panels: ['stage', 'output', 'broker', 'packets'],
  scene: {
    faults: [
      // The battery is empty at the sensor's sixth message.
      { client: SENSOR, direction: 'to-broker', kind: 'PUBLISH', after: 5, action: { do: 'cut' } },
    ],
  },
  checks: steps(
    [SENSOR, PHONE],
    [
      {
        id: 'measured',
        holds: (view) => readings(view).length >= FEW,
        hints: [
          {
            id: 'other-topic',
            when: (view) => {
              const other = published(view, SENSOR).find(
                (seen) => isReading(seen) && ![TEMPERATURE, STATUS].includes(seen.packet.topic),
              );
              return readings(view).length === 0 && other
                ? { topic: visible(other.packet.topic) }
                : false;
            },
          },
          {
            id: 'not-a-number',
            when: (view) => {
              const all = published(view, SENSOR, TEMPERATURE);
              const other = all.find((seen) => !isReading(seen));
              return readings(view).length === 0 && other
                ? { payload: visible(quote(textOf(other))) }
                : false;
            },
          },
          failed(SENSOR),
          {
            id: 'one-reading',
            when: (view) => over(view, SENSOR) && readings(view).length > 0 && { count: readings(view).length }, // prettier-ignore
          },
          { id: 'no-reading', when: (view) => over(view, SENSOR) || over(view, GUEST) },
        ],
      },
      {
        id: 'drawn',
        holds: (view) => delivered(view, PHONE, TEMPERATURE).filter(isReading).length >= FEW,
        hints: [
          {
            id: 'other-filter',
            when: (view) => {
              const filters = filtersOf(view, PHONE);
              const fits = filters.some((filter) => matches(filter, TEMPERATURE));
              return filters.length > 0 && !fits && over(view, SENSOR)
                ? { filters: visible(filters.join(', ')) }
                : false;
            },
          },
          failed(PHONE),
          {
            id: 'phone-left',
            when: (view) => over(view, PHONE) && filtersOf(view, PHONE).length > 0,
          },
          { id: 'not-subscribed', when: (view) => over(view, SENSOR) || over(view, PHONE) },
        ],
      },
      {
        id: 'kept',
        holds: (view) => keptFor(view, TEMPERATURE).some(isReading),
        hints: [
          {
            id: 'not-kept',
            when: (view) => over(view, GUEST) && readings(view).every(({ packet }) => !packet.retain), // prettier-ignore
          },
          { id: 'no-guest', when: (view) => over(view, GUEST) },
        ],
      },
      {
        id: 'gone',
        holds: (view) => {
          const end = brokenAt(view);
          return (
            end !== undefined &&
            wills(view).some(isGoodWill) &&
            said(view, 'online').some(({ packet }) => packet.retain) &&
            said(view, 'offline').length === 0 &&
            gotStatus(view, 'online').length > 0 &&
            gotStatus(view, 'offline').some(({ entry }) => entry.n > end)
          );
        },
        hints: [
          {
            id: 'no-will',
            when: (view) => isConnected(view) && wills(view).length === 0,
          },
          {
            id: 'will-elsewhere',
            when: (view) => {
              const other = wills(view).find(({ topic }) => topic !== STATUS);
              return other ? { topic: visible(other.topic) } : false;
            },
          },
          {
            id: 'will-says',
            when: (view) => {
              const other = wills(view).find(({ payload }) => text(payload) !== 'offline');
              return other ? { payload: visible(quote(text(other.payload))) } : false;
            },
          },
          { id: 'will-not-kept', when: (view) => wills(view).some(({ retain }) => !retain) },
          { id: 'said-itself', when: (view) => said(view, 'offline').length > 0 },
          {
            id: 'online-not-kept',
            when: (view) => {
              const all = said(view, 'online');
              return all.length > 0 && all.every(({ packet }) => !packet.retain);
            },
          },
          {
            id: 'never-online',
            when: (view) => over(view, SENSOR) && said(view, 'online').length === 0,
          },
          {
            id: 'status-not-subscribed',
            when: (view) => {
              const filters = filtersOf(view, PHONE);
              const fits = filters.some((filter) => matches(filter, STATUS));
              return !fits && over(view, SENSOR) ? { filters: visible(filters.join(', ')) } : false;
            },
          },
          {
            id: 'still-there',
            when: (view) => (over(view, SENSOR) || over(view, GUEST)) && brokenAt(view) === undefined, // prettier-ignore
          },
          { id: 'not-told', when: (view) => over(view, GUEST) },
        ],
      },
    ],
  ),
  proof: (view) => ({
    count: delivered(view, PHONE, TEMPERATURE).length,
    last: quote(textOf(readings(view).at(-1)!)),
  }),
  predictions: [
    {
      id: 'first',
      measure: (view) => {
        const first = keptFor(view, TEMPERATURE).find(isReading);
        if (!first) return undefined;
        return {
          answer: 1,
          values: { value: quote(textOf(first)), at: secondsOf(first.entry) },
          entry: first.entry.n,
        };
      },
    },
  ],
};

export default exercise;

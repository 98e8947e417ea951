import { stopped } from '../../../sandbox/checks/errors.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { steps, visible } from '../../../sandbox/checks/steps.ts';
import { over, published, swapped } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import {
  ANN,
  annTold,
  benCame,
  brokenAt,
  connects,
  FEW,
  hadWill,
  hasGoodWill,
  heardByAnn,
  hereOf,
  isDone,
  isPlayed,
  keptForBen,
  ME,
  nameIn,
  presenceOf,
  said,
  SLOTS,
  spoken,
  text,
  textOf,
  texts,
  wills,
  writerOf,
} from '../seen.ts';
import { heardAnn, hints as hearing } from '../hearing.ts';

const topicsOf = (all: readonly { packet: { topic: string } }[]) =>
  new Set(all.map(({ packet }) => packet.topic));
/** Ben read the newest, and what they replaced is gone. */
function hasHistory(view: View): boolean {
  const got = keptForBen(view);
  const [first] = texts(view);
  if (topicsOf(got).size !== SLOTS || topicsOf(texts(view)).size !== SLOTS) return false;
  return new Set(got.map(textOf)).size === SLOTS && !got.some((seen) => textOf(seen) === textOf(first!)); // prettier-ignore
}

const exercise: Exercise = {
  devices: ['me.ts', 'ben.ts'],
  panels: ['stage', 'output', 'broker', 'packets'],
  scene: {
    actors: [
      {
        name: ANN,
        publishes: [
          { topic: hereOf(ANN), payload: 'online', retain: true },
          { topic: 'class/ann/chat/lobby/0', payload: 'Hello! <b>I am Ann.</b>', retain: true },
        ],
        subscribes: [{ filter: 'class/+/chat/lobby/+' }],
        // Who comes or goes is waved at.
        answers: [{ filter: 'class/+/here', topic: 'class/ann/chat/lobby/1', payload: '*waves*' }],
      },
    ],
    faults: [
      // The laptop is closed at the seventh message: the sixth text, if one says “online” once.
      { client: ME, direction: 'to-broker', kind: 'PUBLISH', after: 6, action: { do: 'cut' } },
    ],
  },
  checks: steps(
    [ME],
    [
      {
        id: 'here',
        holds: (view) =>
          hasGoodWill(view) && said(view, 'online').some(({ packet }) => packet.retain),
        hints: [
          {
            id: 'taken',
            when: (view) => {
              const name = wills(view).flatMap(({ topic }) => presenceOf(topic) ?? []).find(isPlayed); // prettier-ignore
              return name !== undefined && { name };
            },
          },
          {
            id: 'will-elsewhere',
            when: (view) => {
              const other = wills(view).find(({ topic }) => topic !== hereOf(nameIn(view) ?? ''));
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
          { id: 'no-will', when: (view) => connects(view).length > 0 && wills(view).length === 0 },
          {
            id: 'online-not-kept',
            when: (view) => said(view, 'online').some(({ packet }) => !packet.retain),
          },
          {
            id: 'online-elsewhere',
            when: (view) => {
              const want = hereOf(nameIn(view) ?? '');
              const other = published(view, ME).find(
                (seen) => /^online$/i.test(textOf(seen)) && seen.packet.topic !== want,
              );
              return other ? { topic: visible(other.packet.topic), want } : false;
            },
          },
          {
            id: 'online-says',
            when: (view) => {
              const want = hereOf(nameIn(view) ?? '');
              const [other] = published(view, ME, want);
              return other ? { payload: visible(quote(textOf(other))) } : false;
            },
          },
          ...stopped(ME),
          { id: 'never-online', when: (view) => over(view, ME) || isDone(view) },
        ],
      },
      { id: 'heard', holds: heardAnn, hints: hearing },
      {
        id: 'said',
        holds: (view) => new Set(heardByAnn(view).map(({ entry }) => entry.n)).size >= FEW,
        hints: [
          swapped(ME, (text) => text.startsWith('class/')),
          {
            id: 'as-another',
            when: (view) => {
              const other = spoken(view).find(({ packet }) => {
                const name = writerOf(packet.topic);
                return name !== undefined && name !== nameIn(view);
              });
              return other
                ? { topic: visible(other.packet.topic), name: nameIn(view) ?? '' }
                : false;
            },
          },
          {
            id: 'text-elsewhere',
            when: (view) => {
              const other = spoken(view).find(({ packet }) => writerOf(packet.topic) === undefined);
              return other
                ? { topic: visible(other.packet.topic), name: nameIn(view) ?? '' }
                : false;
            },
          },
          ...stopped(ME),
          {
            id: 'few-texts',
            when: (view) => isDone(view) && texts(view).length > 0 && { count: texts(view).length },
          },
          { id: 'no-text', when: (view) => over(view, ME) || isDone(view) },
        ],
      },
      {
        id: 'history',
        holds: hasHistory,
        hints: [
          {
            id: 'not-kept',
            when: (view) => texts(view).some(({ packet }) => !packet.retain),
          },
          {
            id: 'one-topic',
            when: (view) => topicsOf(texts(view)).size === 1,
          },
          {
            id: 'more-topics',
            when: (view) => {
              const count = topicsOf(texts(view)).size;
              return count > SLOTS && { count };
            },
          },
          {
            id: 'two-topics',
            when: (view) => isDone(view) && topicsOf(texts(view)).size < SLOTS,
          },
          {
            id: 'emptied',
            when: (view) =>
              isDone(view) &&
              published(view, ME).some(
                ({ packet }) =>
                  packet.retain &&
                  packet.payload.length === 0 &&
                  writerOf(packet.topic) === nameIn(view),
              ),
          },
          { id: 'no-ben', when: (view) => isDone(view) && benCame(view) === undefined },
          {
            id: 'ben-got',
            when: (view) => isDone(view) && { count: topicsOf(keptForBen(view)).size },
          },
        ],
      },
      {
        id: 'gone',
        holds: (view) => {
          const end = brokenAt(view);
          return (
            end !== undefined &&
            hadWill(view, end) &&
            said(view, 'offline').length === 0 &&
            annTold(view, 'offline').some(({ entry }) => entry.n > end)
          );
        },
        hints: [
          { id: 'said-itself', when: (view) => said(view, 'offline').length > 0 },
          {
            id: 'still-there',
            when: (view) => (over(view, ME) || isDone(view)) && brokenAt(view) === undefined,
          },
          { id: 'not-told', when: isDone },
        ],
      },
    ],
  ),
  proof: (view) => ({
    name: quote(nameIn(view)!),
    texts: quote(keptForBen(view).map(textOf).join(' · ')),
  }),
  predictions: [
    {
      id: 'late',
      measure: (view) => {
        const got = keptForBen(view);
        if (!hasHistory(view)) return undefined;
        return {
          answer: 2,
          values: { texts: quote(got.map(textOf).join(' · ')) },
          entry: got[0]!.entry.n,
        };
      },
    },
  ],
};

export default exercise;

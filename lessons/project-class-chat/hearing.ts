/** What the learner's program heard of Ann, and why it did not. */
import { stopped } from '../../sandbox/checks/errors.ts';
import { visible } from '../../sandbox/checks/steps.ts';
import { delivered, over } from '../../sandbox/checks/view.ts';
import { matches } from '../../sandbox/mqtt/topic-match.ts';
import type { Hint, View } from '../../sandbox/protocol/exercise.ts';
import { ANN, filtersOf, hereOf, isDone, ME, writerOf } from './seen.ts';

/** Somebody whom the learner can't know before: only a wildcard reaches them. */
const NOBODY_YET = 'somebody-new';
const reaches = (view: View, topic: string) =>
  filtersOf(view, ME).some((filter) => matches(filter, topic));
const textsOf = (name: string) => `class/${name}/chat/lobby/0`;
const filters = (view: View) => ({ filters: visible(filtersOf(view, ME).join(', ')) });
const hasAsked = (view: View) => filtersOf(view, ME).length > 0;

export const heardAnn = (view: View): boolean =>
  reaches(view, hereOf(NOBODY_YET)) &&
  reaches(view, textsOf(NOBODY_YET)) &&
  delivered(view, ME, hereOf(ANN)).length > 0 &&
  delivered(view, ME).some(({ packet }) => writerOf(packet.topic) === ANN);

/** A program may subscribe twice: what is missing is told once it has had the time for it. */
const hasHadTime = (view: View) => over(view, ME) || isDone(view);

export const hints: Hint[] = [
  ...stopped(ME),
  {
    // Ann alone: whoever comes tomorrow is not heard.
    id: 'by-name',
    when: (view) =>
      hasHadTime(view) &&
      [hereOf, textsOf].some(
        (topicOf) => reaches(view, topicOf(ANN)) && !reaches(view, topicOf(NOBODY_YET)),
      ) &&
      filters(view),
  },
  {
    id: 'here-not-heard',
    when: (view) =>
      hasHadTime(view) &&
      reaches(view, textsOf(ANN)) &&
      !reaches(view, hereOf(ANN)) &&
      filters(view),
  },
  {
    id: 'text-not-heard',
    when: (view) =>
      hasHadTime(view) &&
      reaches(view, hereOf(ANN)) &&
      !reaches(view, textsOf(ANN)) &&
      filters(view),
  },
  {
    id: 'other-filter',
    when: (view) =>
      hasHadTime(view) && hasAsked(view) && !reaches(view, hereOf(ANN)) && filters(view),
  },
  { id: 'not-subscribed', when: (view) => hasHadTime(view) && !hasAsked(view) },
  { id: 'not-heard', when: hasHadTime },
];

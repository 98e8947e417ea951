/** When a workbench says what a run proved: as soon as the record has it, and not before. */
import { expect, test } from 'vitest';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { createWords } from '../i18n/words.ts';
import { Model } from '../model/model.ts';
import { BrokerFileDrafts } from '../room/broker-files.ts';
import { RunRecord } from '../run/record.ts';
import { memoryStore } from '../store/drafts.ts';
import { Passing } from './passing.ts';

const texts = (entries: readonly TraceEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'log' ? [entry.text] : []));
const exercise: Exercise = {
  devices: ['lamp.ts'],
  scene: {},
  checks: [],
  proof: ({ entries }) => ({ last: texts(entries).at(-1)! }),
  predictions: [
    {
      id: 'many',
      measure: ({ entries }) =>
        entries.some(({ type }) => type === 'device')
          ? { answer: texts(entries).length }
          : undefined,
    },
  ],
};

function begin(load: () => Promise<Exercise | undefined> = () => Promise.resolve(exercise)) {
  const store = memoryStore();
  const model = new Model({
    record: new RunRecord((notify) => notify()),
    programs: { position: () => ({ line: 1, column: 1 }) },
    files: new BrokerFileDrafts(store, 'a/b', {}),
    words: createWords({}),
    language: 'en',
    roomPlace: 'server',
    checkIds: ['one'],
    file: 'lamp.ts',
  });
  const passing = new Passing({
    ...{ exercise: 'a/b', language: 'en' as const, model, store, load },
    passedBefore: () => undefined,
  });
  const log = (n: number): TraceEntry => ({ type: 'log', n, at: n, level: 'notice', text: `${n}` });
  const end = (n: number): TraceEntry => ({ type: 'device', n, at: n, device: 'lamp', state: 'ended' }); // prettier-ignore
  return {
    passing,
    model,
    log,
    end,
    receive: (...entries: TraceEntry[]) => model.handleRoom({ type: 'entries', entries }),
    tell: (state: 'true' | 'not-yet', last: number) =>
      model.handleRoom({ type: 'checks', last, results: [{ id: 'one', state }] }),
    phase: (phase: 'starting' | 'ended') =>
      model.handleRun({
        type: 'state',
        state: phase === 'ended' ? { phase, reason: 'finished' } : { phase },
      }),
  };
}
const immediate = () => new Promise<void>((resolve) => void setImmediate(resolve));
/** Exercise and words are here, and all that waited for them has been done. */
async function loaded(passing: Passing): Promise<void> {
  while (!passing.words) await immediate();
  await immediate();
}
const proofOf = ({ judgement }: Passing) => judgement?.proof?.['last'];

test('nothing is said until the record has the entry that the result was computed from', async () => {
  const { passing, receive, tell, log } = begin();
  receive(log(1));
  tell('not-yet', 1);
  await loaded(passing);
  expect([passing.judgement?.proof, passing.isJudged]).toEqual([undefined, false]);
  tell('true', 3);
  receive(log(2));
  await loaded(passing);
  expect([passing.isPassed, passing.isJudged]).toEqual([true, false]);
  receive(log(3));
  await loaded(passing);
  expect([passing.isJudged, proofOf(passing)]).toEqual([true, '3']);
});

test('the end of a program decides a prediction; so does what comes after the run', async () => {
  const { passing, receive, tell, phase, log, end } = begin();
  phase('starting');
  receive(log(1));
  tell('true', 1);
  await loaded(passing);
  expect(passing.outcomes.load('many')).toBeUndefined();
  receive(log(2), end(3));
  await loaded(passing);
  expect(passing.outcomes.load('many')).toEqual({ answer: 2 });
  phase('ended');
  receive(end(4), log(5));
  await loaded(passing);
  expect(passing.outcomes.load('many')).toEqual({ answer: 3 });
});

test('a run is judged by its own entries', async () => {
  let arrive!: () => void;
  const gate = new Promise<void>((resolve) => (arrive = resolve));
  const { passing, model, receive, tell, log, end } = begin(() => gate.then(() => exercise));
  receive(log(1), log(2), end(3));
  tell('true', 3);
  model.handleRoom({ type: 'reset', run: 2 });
  arrive();
  await loaded(passing);
  expect([passing.judgement, passing.outcomes.load('many')]).toEqual([undefined, undefined]);
  tell('true', 1);
  receive(log(1));
  await loaded(passing);
  expect(proofOf(passing)).toBe('1');
  // Its number is that of an entry of the run before.
  receive(end(2));
  await loaded(passing);
  expect(passing.outcomes.load('many')).toEqual({ answer: 1 });
});

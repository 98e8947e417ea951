import { expect, it } from 'vitest';
import { errorOf } from '../../../sandbox/checks/errors.ts';
import { lastTyped } from '../../../sandbox/checks/shell.ts';
import { over } from '../../../sandbox/checks/view.ts';
import type { Check, Exercise } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { ExerciseFiles } from '../lesson.ts';
import { Findings } from '../report.ts';
import { typedWords } from './typed-words.ts';

const entries: TraceEntry[] = [
  {
    ...{ type: 'device', n: 1, at: 1, device: 'mosquitto_sub', state: 'running' },
    typed: { line: 'mosquitto_sub -t a', words: ['-t', 'a'] },
  },
  { type: 'device', n: 2, at: 2, device: 'mosquitto_sub', state: 'ended' },
  { type: 'device', n: 3, at: 3, device: 'lamp', state: 'running' },
  { type: 'device', n: 4, at: 4, device: 'lamp', state: 'failed', error: 'Error: no' },
];
const failuresOf = async (holds: Check['holds'], hints: Check['hints'] = []) => {
  const exercise: Exercise = { devices: [], scene: {}, checks: [{ id: 'listens', holds, hints }] };
  const findings = new Findings();
  const outcome = { results: [], output: [], entries, complete: true };
  const files = { id: 'shell/two', exercise } as unknown as ExerciseFiles;
  await typedWords(files, 'solution', outcome, findings);
  return findings.failures;
};

it('no check holds because of typed words', async () => {
  const failures = await failuresOf((view) => lastTyped(view).size > 0);
  expect(failures).toEqual([
    expect.stringContaining('shell/two/solution: asks for what was typed'),
  ]);
});

it('nor because of an error', async () => {
  const failures = await failuresOf((view) => errorOf(view, 'lamp') === 'Error: no');
  expect(failures).toHaveLength(1);
});

it('a hint may ask for them', async () => {
  const when = (view: Parameters<Check['holds']>[0]) => lastTyped(view).size > 0;
  const hints = [{ id: 'typed', when }];
  expect(await failuresOf((view) => over(view, 'mosquitto_pub'), hints)).toEqual([]);
});

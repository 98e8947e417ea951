import { generate } from 'mqtt-packet';
import { expect, it } from 'vitest';
import { accepted, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { ExerciseFiles } from '../lesson.ts';
import { Findings } from '../report.ts';
import type { ExerciseOutcome } from '../run-exercise.ts';
import { lastHints } from './last-hints.ts';

const entries = [
  { type: 'line-opened', n: 1, at: 1, line: 1, transport: 'tcp', role: 'outside' },
  {
    ...{ type: 'packet', n: 2, at: 2, line: 1, direction: 'to-client', version: 4, fate: 'passed' },
    bytes: generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }),
  },
  { type: 'line-closed', n: 3, at: 3, line: 1, by: 'client' },
] as TraceEntry[];

/** Done from outside: before somebody comes there is no end after which a hint of every exercise speaks. */
const fromOutside = (...hints: Hint[]): Exercise => ({
  devices: [],
  scene: {},
  checks: [
    {
      id: 'came',
      holds: (view) => packets(view, { kind: 'CONNACK', role: 'outside' }).length > 0,
      hints,
    },
  ],
});
const failuresOf = async (
  exercise: Exercise,
  folder: string,
  outcome: Partial<ExerciseOutcome>,
): Promise<string[]> => {
  const findings = new Findings();
  const whole = { results: [], output: [], entries: [], complete: true, ...outcome };
  await lastHints(
    { id: 'bells/own', exercise } as unknown as ExerciseFiles,
    folder,
    whole,
    findings,
  );
  return findings.failures;
};

it('wants a hint after each run that did not pass', async () => {
  const silent = { results: [{ id: 'came', state: 'not-yet' as const }] };
  expect(await failuresOf(fromOutside(), 'mistakes/none', silent)).toEqual([
    'bells/own/mistakes/none: came is not true at the end, and has no hint',
  ]);
  expect(await failuresOf(fromOutside(), 'starter', { ...silent, complete: false })).toEqual([]);
});

it('wants one, too, when something of a right run is missing', async () => {
  expect(await failuresOf(fromOutside(), 'solution', { entries })).toEqual([
    'bells/own/solution: without outside came has no hint at the end',
  ]);
  const nobody = { id: 'nobody-came', when: () => true };
  expect(await failuresOf(fromOutside(nobody), 'solution', { entries })).toEqual([]);
});

it('leaves an exercise with programs to what every exercise says at the end', async () => {
  const lamp: Exercise = {
    devices: ['lamp.ts'],
    scene: {},
    checks: [{ id: 'in', holds: (view) => accepted(view, 'lamp').length > 0 }],
  };
  const run = [
    { type: 'device', n: 1, at: 1, device: 'lamp', state: 'running' },
    { ...entries[0], n: 2, role: 'device', name: 'lamp' },
    { ...entries[1], n: 3 },
    { ...entries[2], n: 4 },
    { type: 'device', n: 5, at: 5, device: 'lamp', state: 'ended' },
  ] as TraceEntry[];
  expect(await failuresOf(lamp, 'solution', { entries: run })).toEqual([]);
});

import { expect, test } from 'vitest';
import { createWords } from '../i18n/words.ts';
import { Model } from '../model/model.ts';
import { BrokerFileDrafts } from '../room/broker-files.ts';
import { EditedPrograms } from '../run/programs.ts';
import { RunRecord } from '../run/record.ts';
import { Drafts, guardedStore } from '../store/drafts.ts';
import { Solution } from './solution.ts';

function makeSolution() {
  const store = guardedStore(() => {
    throw new Error('no store');
  });
  const devices = ['lamp.ts', 'fan.ts', 'own.ts'].map((name) => ({ name, starter: 'a\nb\n' }));
  const programs = new EditedPrograms(devices, new Drafts(store, 'a/b'));
  const model = new Model({
    record: new RunRecord((notify) => notify()),
    programs,
    words: createWords({}),
    language: 'en',
    roomPlace: 'server',
    checkIds: [],
    file: 'lamp.ts',
    files: new BrokerFileDrafts(store, 'a/b', {}),
  });
  const data = {
    solution: [
      { name: 'lamp.ts', text: 'a\nc\n' },
      { name: 'fan.ts', text: 'a\nb\n' },
    ],
  };
  let isTest = false;
  const element = {
    closest: () => ({ hasAttribute: () => isTest }),
  } as unknown as Element;
  const solution = new Solution({ element, data, model, programs });
  const drawn: string[] = [];
  solution.subscribe(() => drawn.push(solution.shown?.file ?? 'closed'));
  /** What the learner has where the solution has something else. */
  const changed = () =>
    solution.shown?.rows.filter(({ kind }) => kind === 'changed').map(({ yours }) => yours);
  const test = () => void (isTest = true);
  return { solution, model, programs, drawn, changed, test };
}

test('an open comparison follows the program that is shown, and its changes', async () => {
  const { solution, model, programs, changed } = makeSolution();
  model.showFile('lamp.ts');
  expect(solution.shown).toBeUndefined();
  await solution.open();
  expect(changed()).toEqual(['b']);
  programs.replace([{ name: 'lamp.ts', text: 'a\nd\n' }]);
  await expect.poll(changed).toEqual(['d']);
  model.showFile('fan.ts');
  await expect.poll(() => solution.shown?.file).toBe('fan.ts');
  expect(changed()).toEqual([]);
});

test('it closes at a program without a solution', async () => {
  const { solution, model, drawn } = makeSolution();
  await solution.open();
  model.showFile('own.ts');
  expect([solution.has('own.ts'), solution.shown, drawn]).toEqual([
    false,
    undefined,
    ['lamp.ts', 'closed'],
  ]);
});

test('a comparison that is overtaken is not shown', async () => {
  const { solution, model, drawn } = makeSolution();
  const first = solution.open();
  model.showFile('fan.ts');
  await Promise.all([first, solution.open()]);
  expect(drawn).toEqual(['fan.ts']);
  const late = solution.open();
  solution.close();
  await late;
  expect([solution.shown, drawn]).toEqual([undefined, ['fan.ts', 'closed']]);
});

test('in a test of a class there is no solution, and an open one closes with the next change', async () => {
  const { solution, test: begin } = makeSolution();
  await solution.open();
  expect(solution.shown).toBeDefined();
  begin();
  expect(solution.has('lamp.ts')).toBe(false);
  await solution.open();
  expect(solution.shown).toBeUndefined();
});

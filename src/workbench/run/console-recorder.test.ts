import { expect, test } from 'vitest';
import type { Machines } from '../../../sandbox/protocol/machines.ts';
import type { Words } from '../i18n/words.ts';
import { ConsoleRecorder } from './console-recorder.ts';
import { RunRecord } from './record.ts';

const linesWith = (machines?: Machines) => {
  const words: Words = (key, values) => `${key} ${String(values?.['url'])}`;
  const programs = { position: () => undefined };
  const recorder = new ConsoleRecorder({ record: new RunRecord(() => {}), programs, words, machines }); // prettier-ignore
  return (url: string) => recorder.handle('phone', { type: 'mapped', url })?.text;
};

test('what a name means in this page is told once, and only where it is not what it is elsewhere', () => {
  const tell = linesWith();
  expect(tell('mqtt://localhost')).toBe('workbench.console.mapped mqtt://localhost');
  expect(tell('mqtt://localhost')).toBeUndefined();
  expect(tell('mqtt://cloud')).toBe('workbench.console.mapped-cloud mqtt://cloud');
  // With machines of its own an exercise has names as a network has them.
  const quiet = linesWith({ broker: ['pi'], elsewhere: { phone: ['pi'] } });
  expect(quiet('mqtt://localhost')).toBeUndefined();
});

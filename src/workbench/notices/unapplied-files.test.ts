import { expect, test } from 'vitest';
import { createWords } from '../i18n/words.ts';
import { textOf } from './text.ts';
import { unappliedNotice } from './unapplied-files.ts';

const words = createWords({ 'workbench.notice.unapplied': 'not yet: {files}' });

test.each([
  [['mosquitto.conf'], 'not yet: mosquitto.conf'],
  [['mosquitto.conf', 'passwd'], 'not yet: mosquitto.conf, passwd'],
])('%j', (names, text) => {
  const notice = unappliedNotice(names)!;
  expect(textOf(notice.text, words)).toBe(text);
  expect(notice.actions?.map(({ action }) => action)).toEqual([{ do: 'apply-and-run' }]);
});

test('files that were all applied have no notice', () => {
  expect(unappliedNotice([])).toBeUndefined();
});

import { expect, test } from 'vitest';
import type { BrokerFiles, FileProblem } from '../../../../sandbox/protocol/exercise.ts';
import {
  filesFrom,
  type FilesState,
  shownMode,
  statusKey,
  tabOf,
  movedLine,
} from './files-status.ts';

const problem: FileProblem = {
  ...{ file: '/etc/mosquitto/acl', line: 2, severity: 'warning', text: 'Unknown' },
};
const calm: FilesState = { applying: false, changed: false, verdict: undefined, hasFiles: true };

test.each<[state: Partial<FilesState>, key: string]>([
  [{}, 'log-empty'],
  [{ hasFiles: false }, 'none'],
  [{ verdict: { started: true, problems: [] } }, 'running'],
  [{ verdict: { started: true, problems: [problem] } }, 'warnings'],
  [{ verdict: { started: false, problems: [problem] } }, 'stopped'],
  [{ verdict: { started: false, problems: [problem] }, changed: true }, 'unsaved'],
  [{ applying: true, changed: true }, 'applying'],
])('%j is told as %s', (state, key) => expect(statusKey({ ...calm, ...state })).toBe(key));

test('a problem belongs to the tab of its file, or to none', () => {
  expect(tabOf(problem)).toBe('acl');
  expect(tabOf({ ...problem, file: '/etc/mosquitto/conf.d/more.conf' })).toBeUndefined();
  expect(tabOf({ ...problem, on: 'cloud' })).toBe('cloud/acl');
});

test('an empty file is kept only if it existed', () => {
  const texts: BrokerFiles = { 'mosquitto.conf': 'listener 1883\n' };
  const files = filesFrom((name) => texts[name] ?? '', { 'mosquitto.conf': '', acl: 'topic a\n' });
  expect(files).toEqual({ 'mosquitto.conf': 'listener 1883\n', acl: '' });
  const two = filesFrom((name) => `${name}\n`, { 'cloud/mosquitto.conf': '' });
  expect(two).toMatchObject({
    passwd: 'passwd\n',
    'cloud/mosquitto.conf': 'cloud/mosquitto.conf\n',
  });
  expect(two).not.toHaveProperty('cloud/passwd');
});

test.each([
  ['a\nbad\nc', 'a\nbad\nc', 2, 2],
  ['a\nbad\nc', 'new\na\nbad\nc', 2, 3],
  ['a\nbad\nc', 'bad\nc', 2, 1],
  // Mended, or taken away.
  ['a\nbad\nc', 'a\ngood\nc', 2, undefined],
  ['a\nbad\nc', 'a\nc', 2, undefined],
  // Of two that are the same the nearer one; a problem behind the last line.
  ['bad\nx\ny\nbad', 'x\ny\nbad', 4, 3],
  ['a', 'b', 5, 5],
])('%j, now %j: what stood in line %i stands in line %s', (before, now, line, expected) => {
  expect(movedLine(before, now, line)).toBe(expected);
});

test('an owner and a mode stay when the text is written, and are shown as they are', () => {
  const modes = { passwd: 'root:adm 640' };
  const files = filesFrom(() => 'x', { passwd: '', modes });
  expect(files.modes).toEqual(modes);
  expect(shownMode(files, 'passwd')).toEqual({ owner: 'root', group: 'adm', mode: '640' });
  expect(shownMode(files, 'mosquitto.conf')).toEqual({ owner: 'root', group: 'root', mode: '644' });
  expect(shownMode(files, 'cloud/passwd')).toBeUndefined();
});

import { expect, test } from 'vitest';
import enSite from '../../i18n/en/workbench.json' with { type: 'json' };
import enWire from '../../i18n/en/wire.json' with { type: 'json' };
import { createWords } from '../i18n/words.ts';
import { RoomError } from '../room/room.ts';
import type { RunState } from '../run/run-state.ts';
import type { LineClosed } from './line-closed.ts';
import { lineClosedNotice } from './line-closed-notice.ts';
import type { Notice } from './notice.ts';
import { errorNotice } from './room-error.ts';
import { runNotices } from './run-notices.ts';
import { textOf } from './text.ts';

/** The English of the page: a key without a text would show as itself. */
const words = createWords(enSite, enWire);
const english = (notice: Notice | undefined) => notice && textOf(notice.text, words);
const labels = (notice: Notice | undefined) =>
  notice?.actions?.map(({ label }) => textOf(label, words));

const problem = { file: 'lamp.ts', line: 3, column: 5, message: "';' expected." };
const error = new Error('frame');

test.each<[RunState, boolean, (string | undefined)[]]>([
  [{ phase: 'idle' }, false, []],
  [{ phase: 'running', busy: [] }, false, []],
  [{ phase: 'running', busy: ['lamp', 'fan'] }, false, ['busy']],
  [{ phase: 'running', busy: [], problems: [problem] }, false, ['problem']],
  [{ phase: 'ended', reason: 'problems', problems: [problem] }, false, ['problem']],
  [{ phase: 'ended', reason: 'failed', error }, false, ['end']],
  [{ phase: 'ended', reason: 'disconnected', error }, true, []],
  [{ phase: 'ended', reason: 'stopped' }, false, []],
])('a run that is %j, room lost: %s, has the notices %j', (state, isLost, subjects) => {
  const notices = Object.entries(runNotices(state, isLost)).filter(([, notice]) => notice);
  expect(notices.map(([subject]) => subject)).toEqual(subjects);
});

test('a problem names its place, and leads there', () => {
  const { problem: notice } = runNotices(
    { phase: 'running', busy: [], problems: [problem] },
    false,
  );
  expect(english(notice)).toContain("';' expected.");
  expect(labels(notice)?.join()).toContain('3');
  expect(notice?.actions?.[0]?.action).toEqual({ do: 'go-to', place: problem });
});

test.each([
  [new RoomError('unreachable', 'x'), 'unreachable'],
  [new RoomError('timeout', 'x'), 'timeout'],
  [new RoomError('server-full', 'x'), 'busy-server'],
  [new RoomError('too-many-requests', 'x'), 'busy-server'],
])('%s: its own sentence, without the message for programmers', (given, key) => {
  const notice = errorNotice(given, { do: 'retry-connection' });
  expect(notice.text).toEqual({ key: `workbench.notice.${key}` });
  expect(english(notice)).not.toMatch(/workbench|\bx\b/);
});

test.each([
  [new RoomError('no-such-key', 'the server’s words')],
  [new Error('the server’s words')],
  ['the server’s words'],
])('any other error shows its message: %s', (given) => {
  expect(english(errorNotice(given, { do: 'run' }))).toContain('the server’s words');
});

test.each<[LineClosed, RegExp]>([
  [{ client: 'lamp', how: 'limit-closed', limit: { name: 'packetBytes', value: 262_144 } }, /lamp.*262,144/s],
  [{ client: 'lamp', how: 'limit-reached', limit: { name: 'retainedTopics', value: 100 } }, /lamp.*100/s],
  [{ client: 'lamp', how: 'limit-closed' }, /lamp/],
  [{ client: 'lamp', how: 'rule-closed', rule: 'utf8-nul' }, /lamp/],
  [{ client: 'lamp', how: 'rule-closed' }, /lamp/],
])('%j is a sentence', (end, text) => {
  expect(english(lineClosedNotice(end))).toMatch(text);
  expect(english(lineClosedNotice(end))).not.toMatch(/workbench\.|limit\.|rule\.|[{}]|^\s|\s$/);
}); // prettier-ignore

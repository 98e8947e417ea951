import { expect, test } from 'vitest';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { createWords } from '../i18n/words.ts';
import type { NoticeSubject } from '../notices/notice.ts';
import { BrokerFileDrafts } from '../room/broker-files.ts';
import { RoomError } from '../room/room.ts';
import { RunRecord } from '../run/record.ts';
import { guardedStore } from '../store/drafts.ts';
import { Model, type ModelPart } from './model.ts';

const own = { 'mosquitto.conf': 'allow_anonymous true\n' };
const closed = { 'mosquitto.conf': 'allow_anonymous false\n' };

function makeModel() {
  const store = guardedStore(() => {
    throw new Error('no store');
  });
  const files = new BrokerFileDrafts(store, 'a/b', own);
  const model = new Model({
    record: new RunRecord((notify) => notify()),
    programs: { position: (_, line, column) => ({ line: line! - 1, column: column ?? 1 }) },
    words: createWords({}),
    language: 'en',
    roomPlace: 'server',
    checkIds: ['one', 'two'],
    file: 'lamp.ts',
    files,
  });
  const changes: ModelPart[] = [];
  const parts = ['session', 'connection', 'room', 'checks', 'files', 'file', 'place'] as const;
  for (const part of parts) model.on(part, () => changes.push(part));
  const subjects = (): NoticeSubject[] => model.notices.list.map(([subject]) => subject);
  return { model, files, changes, subjects };
}
const error = new RoomError('unreachable', 'no response');
const problem = { file: 'fan.ts', line: 3, column: 1, message: 'no' };

test('a reset empties what belongs to the run before', () => {
  const { model, subjects } = makeModel();
  const entries = [
    { type: 'line-opened', n: 1, at: 0, line: 1, role: 'device', name: 'lamp', transport: 'page' },
    { type: 'line-closed', n: 2, at: 1, line: 1, by: 'limit' },
  ] as TraceEntry[];
  model.handleRoom({ type: 'reset', run: 1 });
  model.handleRoom({ type: 'entries', entries });
  model.handleRoom({ type: 'checks', last: 2, results: [{ id: 'one', state: 'true' }] });
  expect(model.record.entries).toHaveLength(2);
  expect([subjects(), model.checkCount]).toEqual([['line'], { passed: 1, all: 2 }]);
  model.handleRoom({ type: 'reset', run: 2 });
  expect(model.record.entries).toEqual([]);
  expect([subjects(), model.checks]).toEqual([[], []]);
});

test('results are checked as soon as the record has their entries, in either order', () => {
  const { model } = makeModel();
  let checked = 0;
  model.on('checked', () => (checked += 1));
  const log = (n: number) => ({ type: 'log', n, at: n, level: 'notice', text: '' }) as TraceEntry;
  const result = (last: number) => {
    model.handleRoom({ type: 'checks', last, results: [{ id: 'one', state: 'true' }] });
    return checked;
  };
  const entries = (...numbers: number[]) => {
    model.handleRoom({ type: 'entries', entries: numbers.map(log) });
    return checked;
  };
  expect(result(0)).toBe(1);
  expect([result(3), entries(1, 2), entries(3), entries(4)]).toEqual([1, 1, 2, 2]);
  expect(result(4)).toBe(3);
  // What was awaited is not awaited of the next run.
  expect(result(9)).toBe(3);
  model.handleRoom({ type: 'reset', run: 2 });
  expect([entries(1, 2, 3, 4, 5, 6, 7, 8, 9), result(9)]).toEqual([3, 4]);
});

test('a lost room has one notice for all attempts, and none as the end of the run', () => {
  const { model, subjects } = makeModel();
  let drawings = 0;
  model.notices.subscribe(() => (drawings += 1));
  model.handleRoom({ type: 'connection', status: 'reconnecting', error });
  model.handleRoom({ type: 'connection', status: 'reconnecting', error });
  model.handleRoom({ type: 'connection', status: 'lost', error });
  model.handleRun({ type: 'state', state: { phase: 'ended', reason: 'disconnected', error } });
  expect([subjects(), drawings]).toEqual([['room'], 1]);
  model.handleRoom({ type: 'connection', status: 'live' });
  expect(subjects()).toEqual([]);
});

test('the notice of a replaced room goes with the next Run', () => {
  const { model, subjects } = makeModel();
  const info = { address: 'a-b-c', watchKey: 'w', code: 'a-b', tcpPort: null, tlsPort: null };
  model.handleRoom({ type: 'room', info, how: 'new' });
  expect([model.room, subjects()]).toEqual([info, []]);
  model.handleRoom({ type: 'room', info, how: 'replaced' });
  expect(subjects()).toEqual(['replaced']);
  model.handleRunRequest();
  expect(subjects()).toEqual([]);
});

test('a replaced room is no news to a run that was waiting for it, nor after a move', () => {
  const { model, subjects } = makeModel();
  const info = { address: 'a-b-c', watchKey: 'w', code: 'a-b', tcpPort: null, tlsPort: null };
  model.handleRun({ type: 'state', state: { phase: 'starting' } });
  model.handleRoom({ type: 'room', info, how: 'replaced' });
  expect(subjects()).toEqual([]);
  model.handleRun({ type: 'state', state: { phase: 'running', busy: [] } });
  model.handleRoom({ type: 'room', info, how: 'replaced' });
  expect(subjects()).toEqual(['replaced']);
  model.handleRoom({ type: 'moved', place: 'browser' });
  expect(subjects()).toEqual(['moved']);
});

test('a problem is shown at its place, and is gone with the next state', () => {
  const { model, changes, subjects } = makeModel();
  model.handleRun({
    type: 'state',
    state: { phase: 'ended', reason: 'problems', problems: [problem] },
  });
  expect([model.file, model.place, subjects()]).toEqual(['fan.ts', problem, ['problem']]);
  expect(changes).toEqual(['file', 'place', 'session']);
  model.handleRun({ type: 'state', state: { phase: 'compiling' } });
  expect([subjects(), model.isActive]).toEqual([[], true]);
});

test('a program that fails is shown at its place, and its message is in the console', () => {
  const { model } = makeModel();
  const message = { type: 'failed', message: 'boom', line: 8, column: 2 } as const;
  model.handleRun({ type: 'device-message', device: 'fan', message });
  expect(model.place).toEqual({ file: 'fan.ts', line: 7, column: 2, message: 'boom' });
  expect(model.record.lines).toMatchObject([{ device: 'fan', level: 'error', text: 'boom' }]);
});

test('a run with unapplied files says so until they are applied, or are those of the broker again', () => {
  const { model, files, subjects } = makeModel();
  model.handleRunRequest();
  files.save(closed);
  // Before a run nothing is said.
  expect(subjects()).toEqual([]);
  model.handleRunRequest();
  model.handleRunRequest();
  files.save({ ...closed, passwd: 'alice:x\n' });
  expect(model.notices.get('files')?.text.values).toEqual({ files: 'mosquitto.conf, passwd' });
  files.apply(files.load());
  expect(subjects()).toEqual([]);
  files.save(own);
  model.handleRunRequest();
  expect(subjects()).toEqual(['files']);
  files.save({ ...closed, passwd: 'alice:x\n' });
  expect(subjects()).toEqual([]);
});

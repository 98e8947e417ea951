/** Visits to a platform that is none of ours: scorm-again keeps what the calls say. */
import { Scorm12API } from 'scorm-again';
import { expect, test, vi } from 'vitest';
import type { ScormApi } from './find-api.ts';
import { Session, timespan } from './session.ts';

const exercises = ['qos-1/again', 'qos-1/lost', 'qos-2/once'];

/** One learner's attempt; `kept` is what the visits before have left. */
function platform(kept: object = { core: { student_id: 'anna' } }) {
  const api = new Scorm12API({ autocommit: false, logLevel: 5 });
  api.loadFromJSON(kept as never);
  let now = 1_000_000;
  const trouble: string[] = [];
  const session = Session.open(api as unknown as ScormApi, {
    exercises,
    now: () => now,
    onTrouble: (call, code) => trouble.push(`${call} ${code}`),
  })!;
  const wait = (milliseconds: number) => (now += milliseconds);
  const cmi = () => (api.renderCMIToJSONObject() as { cmi: Cmi }).cmi;
  return { api, session, trouble, wait, cmi };
}
interface Cmi {
  suspend_data: string;
  core: Record<string, string> & { score: Record<string, string> };
}

test('a first visit is incomplete, and counts what is passed once', () => {
  const { session, cmi, trouble, wait } = platform();
  expect(session.learner).toBe('anna');
  expect(cmi().core).toMatchObject({
    lesson_status: 'incomplete',
    score: { raw: '0', max: '100' },
  });
  session.at('qos-1');
  session.pass('qos-1/lost');
  session.pass('qos-1/lost');
  session.pass('qos-9/of-no-lesson');
  expect(cmi().core).toMatchObject({ lesson_status: 'incomplete', score: { raw: '33' } });
  wait(3_723_450);
  session.finish();
  session.finish();
  expect(cmi().core).toMatchObject({ lesson_location: 'qos-1', exit: 'suspend' });
  expect(cmi().core['session_time']).toBe('01:02:03.45');
  expect(trouble).toEqual([]);
});

test('the next visit goes on, and the last exercise completes the part', () => {
  const first = platform();
  first.session.at('qos-2');
  first.session.pass('qos-2/once');
  first.session.finish();
  const { session, cmi, trouble } = platform(first.cmi());
  expect([session.location, ...session.passed]).toEqual(['qos-2', 'qos-2/once']);
  session.pass('qos-1/again');
  session.pass('qos-1/lost');
  expect(cmi().core).toMatchObject({ lesson_status: 'completed', score: { raw: '100' } });
  session.finish();
  // Who looks at it once more loses nothing.
  const again = platform(cmi());
  expect(again.cmi().core).toMatchObject({ lesson_status: 'completed', score: { raw: '100' } });
  expect(trouble).toEqual([]);
});

test('a status that a teacher has set is not taken back', () => {
  const { session, cmi } = platform({ core: { lesson_status: 'passed', student_id: 'anna' } });
  session.pass('qos-1/lost');
  expect(cmi().core['lesson_status']).toBe('passed');
});

test('who only looks at an attempt changes nothing of it', () => {
  const kept = { core: { lesson_mode: 'review', lesson_status: 'incomplete' }, suspend_data: '' };
  const { session, cmi } = platform(kept);
  session.at('qos-2');
  session.pass('qos-1/lost');
  session.finish();
  expect(cmi()).toMatchObject({ suspend_data: '', core: { lesson_location: '' } });
  expect(session.passed.has('qos-1/lost')).toBe(true);
});

const refusing = (code: string): ScormApi => ({
  LMSInitialize: () => true,
  LMSFinish: () => true,
  LMSGetValue: () => '',
  LMSSetValue: (element) => element === 'cmi.core.lesson_status' || element === 'cmi.suspend_data',
  LMSCommit: () => true,
  LMSGetLastError: () => code,
});
test.each([
  ['optional elements that a platform lacks are no trouble', '401', 0],
  ['what a platform refuses is', '101', 3],
])('%s', (_, code, count) => {
  const trouble: string[] = [];
  const onTrouble = (call: string) => trouble.push(call);
  expect(Session.open(refusing(code), { exercises, now: Date.now, onTrouble })).toBeDefined();
  expect(trouble).toHaveLength(count);
});

test('a platform that refuses the visit, or breaks, leaves the lesson alone', () => {
  const trouble: string[] = [];
  const onTrouble = (call: string, code: string) => trouble.push(`${call} ${code}`);
  const options = { exercises, now: Date.now, onTrouble };
  const broken: ScormApi = { ...refusing('101'), LMSInitialize: () => 'false' };
  expect(Session.open(broken, options)).toBeUndefined();
  const throws: ScormApi = {
    ...refusing('101'),
    LMSInitialize: () => {
      throw new Error('no session');
    },
  };
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  expect(Session.open(throws, options)).toBeUndefined();
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
  expect(trouble).toEqual(['LMSInitialize 101', 'LMSInitialize 101']);
});

test.each([
  [0, '0000:00:00.00'],
  [59_999, '0000:00:59.99'],
  [-5, '0000:00:00.00'],
  [36_000_000_000_000, '9999:00:00.00'],
])('%d ms is %s', (milliseconds, text) => {
  expect(timespan(milliseconds)).toBe(text);
});

import { expect, test } from 'vitest';
import { mayConnect, mayRead, maySubscribe, mayWrite } from './class-access.ts';

const small = { payloadBytes: 4, retain: true };
const sent = { payloadBytes: 4, retain: false };

test.each([
  ['me', 'class/me/presence', small, true],
  ['me', 'class/me/presence', { payloadBytes: 17, retain: true }, false],
  ['me', 'class/me/screen', sent, true],
  ['me', 'class/me/screen', small, false],
  ['me', 'class/me/screen', { payloadBytes: 49_153, retain: false }, false],
  ['me', 'class/me/state', small, false],
  ['me', 'class/me/note', sent, false],
  ['me', 'class/you/presence', small, false],
  ['me', 'class/you/screen', sent, false],
  ['me', 'class/all/note', sent, false],
  ['me', 'class/all/presence', small, false],
  ['me', 'class/me/presence/x', small, false],
  ['me', 'class//presence', small, false],
  ['me', 'other', sent, false],
  ['me', '$SYS/broker/x', sent, false],
  ['teacher', 'class/all/freeze', small, false],
  ['teacher', 'class/me/note', small, false],
  ['teacher', 'class/me/look', small, false],
  ['teacher', 'class/me/state', small, false],
  ['teacher', 'class/me/presence', small, false],
  ['look_me', 'class/me/screen', sent, false],
  ['look_me', 'class/me/presence', small, false],
  ['server', 'class/me/state', small, true],
])('%s writes to %s %o: %s', (who, topic, message, may) => {
  expect(mayWrite(who, topic, message)).toBe(may);
});

test.each([
  ['class/me/note', true],
  ['class/me/#', true],
  ['class/me/+', true],
  ['class/all/+', true],
  ['#', false],
  ['+/me/note', false],
  ['class/+/note', false],
  ['class/#', false],
  ['class/me', false],
  ['class/you/#', false],
  ['class/you/screen', false],
  ['$SYS/#', false],
])('a member subscribes to %s: %s; all that matches may be read', (filter, may) => {
  expect(maySubscribe('me', filter)).toBe(may);
  expect(maySubscribe('teacher', filter)).toBe(filter !== 'class/you/screen');
});

test('a member reads only what is theirs, or for all', () => {
  const topics = ['class/me/state', 'class/all/note', 'class/you/state', 'x', '$SYS/broker/uptime'];
  expect(topics.filter((topic) => mayRead('me', topic))).toEqual(topics.slice(0, 2));
});

test('a screen is read by who looks at that member, and by no other connection of the teacher’s', () => {
  const topics = ['screen', 'presence', 'state', 'note'].flatMap((what) => [
    `class/me/${what}`,
    `class/you/${what}`,
  ]);
  const read = (who: string) => topics.filter((topic) => mayRead(who, topic));
  const subscribed = (who: string) =>
    [...topics, 'class/#', 'class/+/screen', 'class/me/#', '#'].filter((one) =>
      maySubscribe(who, one),
    );
  expect(read('look_me')).toEqual(['class/me/screen', 'class/me/presence']);
  expect(subscribed('look_me')).toEqual(['class/me/screen', 'class/me/presence']);
  expect(read('teacher')).toEqual(topics.slice(2));
});

test.each([
  ['me', 'me.1', true],
  ['me', 'me', false],
  ['me', 'you.1', false],
  ['me', '', false],
  ['me', 'teacher.1', false],
  ['me', `me.${'x'.repeat(70)}`, false],
  [undefined, 'me.1', false],
])('%s connects as %s: %s', (who, clientId, may) => {
  expect(mayConnect(who, clientId)).toBe(may);
});

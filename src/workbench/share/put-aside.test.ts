import { expect, test } from 'vitest';
import { Notices } from '../notices/notices.ts';
import { BrokerFileDrafts } from '../room/broker-files.ts';
import { EditedPrograms } from '../run/programs.ts';
import { Drafts, type TextStore } from '../store/drafts.ts';
import { PutAside } from './put-aside.ts';

function browserStore(most = Infinity): TextStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => value.length <= most && !!kept.set(key, value),
  };
}
function learner(store = browserStore()) {
  const programs = new EditedPrograms([{ name: 'a.ts', starter: 'own' }, { name: 'b.ts', starter: 'b' }], new Drafts(store, 'x/y')); // prettier-ignore
  const files = new BrokerFileDrafts(store, 'x/y', { acl: '# own' });
  const notices = new Notices();
  let time = 0;
  const aside = new PutAside({ exercise: 'x/y', programs, files, store, notices, now: () => ++time }); // prettier-ignore
  const write = (text: string) => programs.replace([{ name: 'a.ts', text }]);
  const now = () => [programs.text('a.ts'), files.load().acl];
  return { programs, files, notices, aside, write, now };
}
const program = (text: string) => ({ files: [{ name: 'a.ts', text }] });

test('what was written comes back, programs and broker files; so does what it replaced', () => {
  const { aside, write, now, files, programs } = learner();
  write('mine');
  files.save({ acl: '# mine' });
  expect(aside.take({ ...program('given'), broker: { acl: '# given' } })).toBe(true);
  expect(now()).toEqual(['given', '# given']);
  expect(files.applied?.acl).toBe('# given');
  expect(programs.text('b.ts')).toBe('b');
  write('given, and more');
  aside.back();
  expect(now()).toEqual(['mine', '# mine']);
  aside.back();
  expect(now()).toEqual(['given, and more', '# given']);
});

test('each of several is kept; what is in the course, or there already, needs no place', () => {
  const { aside, write, now, notices } = learner();
  aside.take(program('one'));
  expect(aside.times).toEqual([]);
  expect(notices.get('aside')?.text.key).toBe('workbench.aside.given');
  write('mine');
  aside.take(program('two'));
  write('mine');
  aside.take(program('three'));
  expect(aside.times).toEqual([1]);
  aside.take(program('four'));
  expect(aside.times).toHaveLength(2);
  aside.back(1);
  expect(now()[0]).toBe('mine');
  expect(aside.times).toHaveLength(2);
});

test('a browser without room: nothing is changed, and the page says so', () => {
  const { aside, write, now, notices } = learner(browserStore(100));
  write('m'.repeat(90));
  expect(aside.take(program('given'))).toBe(false);
  expect(now()[0]).toBe('m'.repeat(90));
  expect(notices.get('aside')).toMatchObject({ tone: 'wrong' });
});

test('what is kept is read with care', () => {
  const store = browserStore();
  store.setItem('retained:aside:x/y', '[{"at":1,"files":[{"name":"a.ts","text":"x"},null]},{"at":"z"},7]'); // prettier-ignore
  const { aside, now } = learner(store);
  expect(aside.times).toEqual([1]);
  aside.back();
  expect(now()[0]).toBe('x');
  store.setItem('retained:aside:x/y', '{');
  expect(aside.times).toEqual([]);
});

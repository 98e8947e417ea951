import { expect, test } from 'vitest';
import { BrokerFileDrafts, brokerFilesOf, plainFiles } from './broker-files.ts';
import { guardedStore } from '../store/drafts.ts';

const emptyStore = () =>
  guardedStore(() => {
    throw new Error('no store');
  });
const own = { 'mosquitto.conf': 'listener 1883\n' };

test('what is written is kept, what is applied goes to the broker: two things', () => {
  const store = emptyStore();
  const files = new BrokerFileDrafts(store, 'a/b', own);
  files.save({ 'mosquitto.conf': 'listener 1884\n' });
  expect(files.load()).toEqual({ 'mosquitto.conf': 'listener 1884\n' });
  expect(files.applied).toEqual(own);
  files.apply(files.load());
  const later = new BrokerFileDrafts(store, 'a/b', own);
  expect(later.applied).toEqual({ 'mosquitto.conf': 'listener 1884\n' });
  later.forget();
  expect([later.load(), later.applied]).toEqual([own, own]);
});

test('what the broker was not given yet is known, after a reload too', () => {
  const store = emptyStore();
  const files = new BrokerFileDrafts(store, 'a/b', own);
  const heard: (readonly string[])[] = [];
  files.onChange(() => heard.push(files.unapplied));
  const written = { 'mosquitto.conf': 'allow_anonymous false\n', passwd: '' };
  files.save(written);
  expect(new BrokerFileDrafts(store, 'a/b', own).unapplied).toEqual(['mosquitto.conf', 'passwd']);
  files.apply(written);
  files.save({ ...own, passwd: '' });
  files.save(written);
  files.forget();
  expect(heard).toEqual([['mosquitto.conf', 'passwd'], [], ['mosquitto.conf'], [], []]);
});

test('a broker without files has not changed by being written down', () => {
  const files = new BrokerFileDrafts(emptyStore(), 'a/b', {});
  files.save(plainFiles);
  expect(files.unapplied).toEqual([]);
  files.save({ ...plainFiles, acl: 'topic read #\n' });
  expect(files.unapplied).toEqual(['acl']);
});

test('a room without files gets none', () => {
  expect(new BrokerFileDrafts(emptyStore(), 'a/b', {}).applied).toBeUndefined();
});

test.each(['{', '7', '{"mosquitto.conf":7,"__proto__":{"acl":"x"},"/etc/passwd":"x"}'])(
  'what is kept is not believed: %s',
  (text) => {
    const store = emptyStore();
    store.setItem('retained:broker-files:a/b:draft', text);
    const files = new BrokerFileDrafts(store, 'a/b', own).load();
    expect([own, {}]).toContainEqual(files);
  },
);

test('a mode is part of a file: it is kept, compared, and gone with the files', () => {
  const store = emptyStore();
  const files = new BrokerFileDrafts(store, 'a/b', own);
  const shut = { ...own, passwd: 'x', modes: { passwd: 'root:root 600' } };
  files.save(shut);
  files.apply({ ...own, passwd: 'x' });
  expect(new BrokerFileDrafts(store, 'a/b', own).load()).toEqual(shut);
  expect(files.unapplied).toEqual(['passwd']);
  files.apply(shut);
  expect(files.unapplied).toEqual([]);
  files.save({ ...shut, modes: { ...shut.modes, '.': 'root:root 700' } });
  expect(files.unapplied).toEqual(['/etc/mosquitto']);
  files.forget();
  expect(files.load()).toEqual(own);
});

test.each<[kept: unknown, modes: unknown]>([
  [undefined, undefined],
  [7, undefined],
  [{ passwd: 'root:root 600', acl: 7, toString: 'root:root 600' }, { passwd: 'root:root 600' }],
  [{ passwd: 'root:root 600; rm', '.': 'a'.repeat(90), acl: '<b>:root 644' }, undefined],
])('what is kept of modes is not believed: %j', (modes, read) => {
  expect(brokerFilesOf({ ...own, modes })).toEqual({ ...own, ...(read ? { modes: read } : {}) });
});

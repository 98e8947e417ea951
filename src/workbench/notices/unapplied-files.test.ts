import { expect, test } from 'vitest';
import { BrokerFileDrafts } from '../room/broker-files.ts';
import { guardedStore } from '../store/drafts.ts';
import type { Notice } from './notice.ts';
import { createUnappliedFiles } from './unapplied-files.ts';
import { createWords } from '../i18n/words.ts';

const own = { 'mosquitto.conf': 'allow_anonymous true\n' };
const closed = { 'mosquitto.conf': 'allow_anonymous false\n' };

function open() {
  const store = guardedStore(() => {
    throw new Error('no store');
  });
  const files = new BrokerFileDrafts(store, 'a/b', own);
  const screen = { notice: undefined as Notice | undefined, shown: 0, runs: 0 };
  const unapplied = createUnappliedFiles({
    files,
    words: createWords({ 'workbench.notice.unapplied': 'not yet: {files}' }),
    show(notice) {
      screen.notice = notice;
      screen.shown += 1;
    },
    run: () => void (screen.runs += 1),
  });
  return { files, screen, unapplied };
}

test('a run with files that were not applied says so, once; before a run nothing is said', () => {
  const { files, screen, unapplied } = open();
  unapplied.onRun();
  files.save(closed);
  expect(screen.shown).toBe(0);
  unapplied.onRun();
  unapplied.onRun();
  expect(screen.notice?.text).toBe('not yet: mosquitto.conf');
  expect(screen.shown).toBe(1);
  files.save({ ...closed, passwd: 'alice:x\n' });
  expect(screen.notice?.text).toBe('not yet: mosquitto.conf, passwd');
});

test('it goes when the files are applied, or are again what the broker has', () => {
  const { files, screen, unapplied } = open();
  files.save(closed);
  unapplied.onRun();
  files.apply(closed);
  expect(screen.notice).toBeUndefined();
  files.save(own);
  unapplied.onRun();
  expect(screen.notice).toBeDefined();
  files.save(closed);
  expect(screen.notice).toBeUndefined();
});

test('its action gives the broker the files, and runs', () => {
  const { files, screen, unapplied } = open();
  files.save(closed);
  unapplied.onRun();
  screen.notice?.action?.do();
  expect(files.applied).toEqual(closed);
  expect([screen.notice, screen.runs]).toEqual([undefined, 1]);
});

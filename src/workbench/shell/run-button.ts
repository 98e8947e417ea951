import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { Parts } from './layout.ts';
import type { Programs } from '../run/programs.ts';
import type { Session } from '../run/session.ts';
import { createUnappliedFiles } from '../notices/unapplied-files.ts';
import type { Words } from '../i18n/words.ts';

export interface RunsParts {
  session: Session;
  programs: Programs;
  files: BrokerFileDrafts;
  notices: Parts['notices'];
  words: Words;
  /** Where the keyboard goes on when a notice that was pressed goes away. */
  focus(): void;
}

/** The learner's Run, of all programs or of one: what was said of the run before is gone by then. */
export function createRuns({ session, programs, files, notices, words, focus }: RunsParts) {
  const unapplied = createUnappliedFiles({
    ...{ files, words },
    show: (notice) => notices.show('files', notice),
    run() {
      focus();
      void run();
    },
  });

  function begin(): void {
    for (const subject of ['replaced', 'reset', 'device']) notices.show(subject, undefined);
    unapplied.onRun();
    programs.editor?.setProblems([]);
  }
  async function run(): Promise<void> {
    begin();
    await session.run(files.applied);
  }
  async function runOne(file: string): Promise<void> {
    begin();
    await session.runDevice(file, files.applied);
  }
  return { run, runOne };
}

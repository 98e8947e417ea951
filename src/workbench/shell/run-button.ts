import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { Layout } from './layout.ts';
import type { Programs } from '../run/programs.ts';
import type { RunSession } from '../run/session.ts';
import { createUnappliedFiles } from '../notices/unapplied-files.ts';
import type { Words } from '../i18n/words.ts';

export interface RunButtonDeps {
  session: RunSession;
  programs: Programs;
  files: BrokerFileDrafts;
  notices: Layout['notices'];
  words: Words;
  /** Where the keyboard goes on when a notice that was pressed goes away. */
  focus(): void;
}

/** The learner's Run, of all programs or of one: what was said of the run before is gone by then. */
export function createRunButton({
  session,
  programs,
  files,
  notices,
  words,
  focus,
}: RunButtonDeps) {
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

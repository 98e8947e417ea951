import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { Notice } from './notice.ts';
import type { Words } from '../i18n/words.ts';

export interface UnappliedFilesDeps {
  files: Pick<BrokerFileDrafts, 'load' | 'apply' | 'unapplied' | 'onChange'>;
  words: Words;
  show(notice: Notice | undefined): void;
  run(): void;
}

/**
 * A broker reads its files when it starts, so a run goes on with what was applied; but hints that
 * speak of the broker then contradict the editor. Whoever presses Run is told, until the files are
 * applied or are again what the broker has.
 */
export function createUnappliedFiles({ files, words, show, run }: UnappliedFilesDeps) {
  /** The names on the screen. */
  let told = '';

  function say(names: string): void {
    if (names === told) return;
    told = names;
    show(
      names === ''
        ? undefined
        : {
            text: words('workbench.notice.unapplied', { files: names }),
            action: { label: words('workbench.apply-and-run'), do: applyAndRun },
          },
    );
  }
  function applyAndRun(): void {
    files.apply(files.load());
    run();
  }
  const names = () => files.unapplied.join(', ');
  files.onChange(() => told !== '' && say(names()));

  /** `onRun`: Run was pressed. */
  return { onRun: () => say(names()) };
}

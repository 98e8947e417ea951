import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { MenuItem } from '../ui/menu.ts';
import type { Layout } from './layout.ts';
import type { Programs } from '../run/programs.ts';
import { errorNotice } from '../notices/room-error.ts';
import type { SharedPrograms } from '../share/shared-programs.ts';
import type { Words } from '../i18n/words.ts';

export interface LearnerMenuDeps {
  exercise: string;
  data: ExerciseData;
  programs: Programs;
  shared: SharedPrograms;
  words: Words;
  /** The panels around it, once they stand. */
  parts(): Pick<Layout, 'notices' | 'solution' | 'tabs' | 'toolbar'>;
  brokerFiles(): BrokerFiles | undefined;
  connect(): Promise<RoomResponse>;
  /** After the programs: the room as it was at first. */
  resetRoom(): Promise<void>;
  openKeys(): void;
}

/** What the learner may do with the programs as a whole: put back, compare, share, take along. */
export function createLearnerMenu(given: LearnerMenuDeps) {
  const { data, programs, words } = given;
  const many = data.devices.length > 1;

  async function reset(file?: string): Promise<void> {
    const { notices } = given.parts();
    const undo = programs.reset(file);
    const back = () => {
      undo?.();
      notices.show('reset', undefined);
    };
    const text =
      file && many ? words('workbench.was-reset-one', { file }) : words('workbench.was-reset');
    notices.show('reset', undo && { text, action: { label: words('workbench.undo'), do: back } });
    if (file === undefined || !many) await given.resetRoom();
  }

  async function showSolution(file: string, whenClosed?: () => void): Promise<void> {
    const solution = data.solution.find(({ name }) => name === file);
    if (solution) {
      await given.parts().solution.show(file, programs.text(file), solution.text, whenClosed);
    } else given.parts().solution.close();
  }

  async function download(toRoom: boolean): Promise<void> {
    const { notices } = given.parts();
    notices.show('download', undefined);
    try {
      const room = toRoom ? await given.connect() : undefined;
      const { download: save } = await import('../download/download.ts');
      await save({
        exercise: given.exercise,
        programs: programs.files,
        brokerFiles: given.brokerFiles(),
        room,
        words,
      });
    } catch (error) {
      notices.show(
        'download',
        errorNotice(error, words, () => void download(toRoom)),
      );
    }
  }

  const resets: MenuItem[] = many
    ? [
        { label: words('workbench.reset.one'), do: () => void reset(given.parts().tabs.selected) },
        { label: words('workbench.reset.all'), do: () => void reset() },
      ]
    : [{ label: words('workbench.reset'), do: () => void reset() }];

  return {
    resets,
    more(): MenuItem[] {
      const { tabs, toolbar } = given.parts();
      const file = tabs.selected;
      const hasSolution = data.solution.some(({ name }) => name === file);
      return [
        ...(hasSolution
          ? [
              {
                label: words('workbench.solution.open'),
                do: () => void showSolution(file, () => toolbar.focus()),
              },
            ]
          : []),
        { label: words('workbench.share'), do: () => void given.shared.share() },
        { label: words('workbench.download.room'), do: () => void download(true) },
        { label: words('workbench.download.local'), do: () => void download(false) },
        { label: words('workbench.keys.open'), note: '?', do: given.openKeys },
      ];
    },
    /** Another program is in front, or it has changed: an open solution goes along. */
    follow(file: string): void {
      if (given.parts().solution.isOpen) void showSolution(file);
    },
  };
}

import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { hasServer } from '../room/room-place.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { SharedPrograms } from '../share/shared-programs.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { MenuItem } from '../ui/menu.ts';
import type { Actions } from './actions.ts';
import { openKeyList } from './key-list.ts';
import type { SolutionView } from './solution-view.ts';

export interface LearnerMenuDeps {
  data: ExerciseData;
  model: Model;
  programs: EditedPrograms;
  shared: SharedPrograms;
  words: Words;
  actions: Actions;
  solution: SolutionView;
}

/** The items of “Reset” and of “More”. */
export function createLearnerMenu(deps: LearnerMenuDeps) {
  const { data, model, programs, words, actions, solution } = deps;
  const solutionOf = (file: string) => data.solution.find(({ name }) => name === file);

  function showSolution(focus: boolean): void {
    const of = solutionOf(model.file);
    if (of) void solution.show(model.file, programs.text(model.file), of.text, focus);
    else solution.close();
  }
  // An open solution follows the program that is shown, and its changes.
  const follow = () => solution.isOpen && showSolution(false);
  model.on('file', follow);
  programs.onChange(follow);

  const restores: MenuItem[] =
    data.devices.length > 1
      ? [
          { label: words('workbench.reset.one'), do: () => actions.restore(model.file) },
          { label: words('workbench.reset.all'), do: () => actions.restore() },
        ]
      : [{ label: words('workbench.reset'), do: () => actions.restore() }];

  function more(): MenuItem[] {
    const open = { label: words('workbench.solution.open'), do: () => showSolution(true) };
    return [
      ...(solutionOf(model.file) ? [open] : []),
      ...placeItems(),
      { label: words('workbench.share'), do: () => void deps.shared.share() },
      ...(model.roomPlace === 'server'
        ? [{ label: words('workbench.download.room'), do: () => void actions.download(true) }]
        : []),
      { label: words('workbench.download.local'), do: () => void actions.download(false) },
      { label: words('workbench.keys.open'), note: '?', do: openKeyList },
    ];
  }
  /** Where the broker runs, and how to move it. Without a server there is no choice. */
  function placeItems(): MenuItem[] {
    if (!hasServer) return [];
    const to = model.roomPlace === 'server' ? 'browser' : 'server';
    return [{ label: words(`workbench.place.to-${to}`), do: () => actions.moveRoom(to) }];
  }
  return { restores, more };
}

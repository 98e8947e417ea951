import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { hasServer } from '../room/room-place.ts';
import type { RoomPlace } from '../room/room.ts';
import type { PutAside } from '../share/put-aside.ts';
import type { SharedPrograms } from '../share/shared-programs.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { MenuItem } from '../ui/menu.ts';
import type { Actions } from './actions.ts';
import { askedItems } from './given.ts';
import { openKeyList } from './key-list.ts';
import type { Solution } from './solution.ts';

export interface LearnerMenuDeps {
  element: HTMLElement;
  exercise: string;
  language: 'en' | 'zh-tw';
  aside: PutAside;
  data: ExerciseData;
  model: Model;
  shared: SharedPrograms;
  words: Words;
  actions: Actions;
  solution: Solution;
  /** A text to copy for an assistant. */
  assistance(): MenuItem[];
}

/** The items of “Reset” and of “More”. */
export function createLearnerMenu(deps: LearnerMenuDeps) {
  const { data, model, words, actions, solution } = deps;
  const restores: MenuItem[] =
    data.devices.length > 1
      ? [
          { label: words('workbench.reset.one'), do: () => actions.restore(model.file) },
          { label: words('workbench.reset.all'), do: () => actions.restore() },
        ]
      : [{ label: words('workbench.reset'), do: () => actions.restore() }];

  function more(): MenuItem[] {
    const open = { label: words('workbench.solution.open'), do: () => void solution.open() };
    return [
      ...(solution.has(model.file) ? [open] : []),
      ...asideItems(),
      ...askedItems(deps.element, deps.exercise, deps.aside),
      ...deps.assistance(),
      ...placeItems(),
      { label: words('workbench.share'), do: () => void deps.shared.share() },
      ...(model.roomPlace === 'server'
        ? [{ label: words('workbench.download.room'), do: () => void actions.download(true) }]
        : []),
      { label: words('workbench.download.local'), do: () => void actions.download(false) },
      { label: words('workbench.keys.open'), note: '?', do: openKeyList },
    ];
  }
  /** What was put aside for something of the teacher's. */
  function asideItems(): MenuItem[] {
    const time = new Intl.DateTimeFormat(deps.language, { dateStyle: 'short', timeStyle: 'short' });
    return deps.aside.times.map((at, n) => ({
      label: words('workbench.aside.item', { time: time.format(at) }),
      detail: words('workbench.aside.item.means'),
      do: () => deps.aside.back(n),
    }));
  }
  /** Where the broker runs, ticked, and where else it may run. */
  function placeItems(): MenuItem[] {
    const places: RoomPlace[] = hasServer ? ['server', 'browser'] : ['browser'];
    return places.map((place) => {
      const isHere = model.roomPlace === place;
      return {
        label: words(`workbench.place.${place}`),
        detail: words(`workbench.place.${hasServer ? place : 'only'}.means`),
        checked: isHere,
        isOneOf: true,
        do: () => isHere || actions.moveRoom(place),
      };
    });
  }
  return { restores, more };
}

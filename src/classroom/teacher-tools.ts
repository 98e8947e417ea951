/** In a lesson's page of a teacher: what they do with the class from an exercise is in its menu “More”. */
import { addStyles } from '../workbench/ui/add-styles.ts';
import { createWords, type Words } from '../workbench/i18n/words.ts';
import { exerciseInPage } from '../workbench/store/exercise-data.ts';
import type { ScreenPart } from '../../sandbox/protocol/class-screen.ts';
import { openGiveDialog, type GiveOptions } from './give/give-dialog.ts';
import { newShow, Presenter } from './show/presenter.ts';
import { readShowing, type Showing } from './show/showing.ts';
import { ShowBar } from './show/show-bar.ts';
import stylesheet from './teacher-tools.css?url';
import { classHere } from './teaching.ts';

const files = import.meta.glob<Record<string, string>>('../i18n/*/{starter,lead,show}.json', {
  import: 'default',
});

/** Of `src/workbench/shell/given.ts`. */
interface MenuRequest {
  exercise: string;
  add(item: { label: string; detail: string; do(): void }): void;
  work(): GiveOptions['work'];
}

/** The exercise's own screen; undefined while it has not been opened. */
function screenOf(exercise: string): ScreenPart | undefined {
  const all: ScreenPart[] = [];
  const take = (_: HTMLElement, read: () => ScreenPart): void => void all.push(read());
  document.dispatchEvent(new CustomEvent('retained:screen', { detail: { take } }));
  return all.find((one) => one.exercise === exercise);
}

let presenter: Presenter | undefined;

function show(showing: Showing, language: 'en' | 'zh-tw', t: Words): void {
  presenter?.end();
  const bar = new ShowBar({
    ...{ language, t },
    pause: (isPaused) => presenter?.pause(isPaused),
    end: () => presenter?.end(),
  });
  presenter = new Presenter(showing, () => screenOf(showing.exercise), {
    changed: (status, needs) => bar.changed(status, needs),
    over() {
      presenter = undefined;
      bar.remove();
    },
  });
}

async function offer(): Promise<void> {
  const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
  const areas = await Promise.all(
    ['starter', 'lead', 'show'].map((name) => files[`../i18n/${language}/${name}.json`]?.()),
  );
  const t = createWords(...areas.map((one) => one ?? {}));
  document.addEventListener('retained:menu', (event) => {
    const classId = classHere();
    if (classId === null) return;
    const { exercise, add, work } = (event as CustomEvent<MenuRequest>).detail;
    const data = exerciseInPage(event.target as HTMLElement);
    add({
      label: t('starter.class'),
      detail: t('starter.class.means'),
      do: () => openGiveDialog({ exercise, data, work: work(), classId, language, t }),
    });
    add({
      label: t('show.start'),
      detail: t('show.start.means'),
      do: () => show(newShow(classId, exercise), language, t),
    });
  });
  const before = readShowing();
  const isHere = [...document.querySelectorAll('mqtt-workbench')].some((one) => one.getAttribute('exercise') === before?.exercise); // prettier-ignore
  if (before && isHere && classHere() !== null) show(before, language, t);
}
void addStyles(stylesheet).then(offer);

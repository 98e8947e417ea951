/** In a lesson's page of a teacher: what they do with the class from an exercise is in its menu “More”. */
import { createWords } from '../workbench/i18n/words.ts';
import { exerciseDataOf } from '../workbench/store/exercise-data.ts';
import { openGiveDialog, type GiveOptions } from './give/give-dialog.ts';
import { classHere } from './teaching.ts';

const files = import.meta.glob<Record<string, string>>('../i18n/*/{starter,lead}.json', {
  import: 'default',
});

/** Of `src/workbench/shell/given.ts`. */
interface MenuRequest {
  exercise: string;
  add(item: { label: string; detail: string; do(): void }): void;
  work(): GiveOptions['work'];
}

async function offer(): Promise<void> {
  const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
  const areas = await Promise.all(
    ['starter', 'lead'].map((name) => files[`../i18n/${language}/${name}.json`]?.()),
  );
  const t = createWords(...areas.map((one) => one ?? {}));
  document.addEventListener('retained:menu', (event) => {
    const classId = classHere();
    if (classId === null) return;
    const { exercise, add, work } = (event as CustomEvent<MenuRequest>).detail;
    const data = exerciseDataOf(event.target as HTMLElement);
    add({
      label: t('starter.class'),
      detail: t('starter.class.means'),
      do: () => openGiveDialog({ exercise, data, work: work(), classId, language, t }),
    });
  });
}
void offer();

/** Shows what is not done yet, of the list that the page has: first the lessons that were begun. */
import { progressStateOf } from '../../sandbox/protocol/progress.ts';
import { onProgress } from './store.ts';

const section = document.querySelector<HTMLElement>('.missing');
const all = (name: string) => [...(section?.querySelectorAll<HTMLElement>(`[data-${name}]`) ?? [])];

const part = (name: string) => section?.querySelector<HTMLElement>(`[data-${name}]`);
const begun = part('missing-begun');
const later = part('missing-later');
/** In the order of the course: a list that lessons move between keeps it. */
const lessonsInOrder = all('missing-of');

onProgress((progress) => {
  const { lessons, exercises } = progress;
  for (const one of all('missing-exercise')) {
    one.hidden = exercises[one.dataset['missingExercise'] ?? '']?.passed !== undefined;
  }
  for (const one of all('missing-read')) {
    one.hidden = lessons[one.dataset['missingRead'] ?? '']?.read !== undefined;
  }
  let isComplete = true;
  let hasBegun = false;
  let laterCount = 0;
  for (const lesson of lessonsInOrder) {
    lesson.hidden = lesson.querySelector('ul > li:not([hidden])') === null;
    isComplete &&= lesson.hidden;
    const own = [...lesson.querySelectorAll<HTMLElement>('[data-missing-exercise]')];
    const ids = own.map((one) => one.dataset['missingExercise'] ?? '');
    const isNew = progressStateOf(progress, lesson.dataset['missingOf'] ?? '', ids) === 'new';
    hasBegun ||= !isNew;
    if (isNew) laterCount += 1;
    (isNew ? later?.querySelector('ol') : begun)?.append(lesson);
  }
  for (const one of all('nothing-missing')) one.hidden = !isComplete;
  for (const one of all('nothing-begun')) one.hidden = hasBegun;
  for (const one of all('later-count')) one.textContent = String(laterCount);
  // The map below names all lessons: before the first one, it is all that there is to say.
  if (later) later.hidden = !hasBegun || laterCount === 0;
});

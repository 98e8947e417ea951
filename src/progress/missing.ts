/** Shows what is not done yet, of the list that the page has. */
import { onProgress } from './store.ts';

const section = document.querySelector<HTMLElement>('.missing');
const all = (name: string) => [...(section?.querySelectorAll<HTMLElement>(`[data-${name}]`) ?? [])];

onProgress(({ lessons, exercises }) => {
  for (const one of all('missing-exercise')) {
    one.hidden = exercises[one.dataset['missingExercise'] ?? '']?.passed !== undefined;
  }
  for (const one of all('missing-read')) {
    one.hidden = lessons[one.dataset['missingRead'] ?? '']?.read !== undefined;
  }
  let isComplete = true;
  for (const lesson of all('missing-of')) {
    lesson.hidden = lesson.querySelector('ul > li:not([hidden])') === null;
    isComplete &&= lesson.hidden;
  }
  for (const one of all('nothing-missing')) one.hidden = !isComplete;
});

/** Marks the state of each lesson in every list of lessons of the page. */
import { progressStateOf, type LessonState } from '../../sandbox/protocol/progress.ts';
import { onProgress } from './store.ts';

const words = document.querySelector<HTMLElement>('[data-state-words]')?.dataset;
const stations = [...document.querySelectorAll<HTMLElement>('[data-lesson]')];
const shown = document.querySelector<HTMLElement>('[data-done-count]');

const wordOf: Record<LessonState, string | undefined> = {
  new: undefined,
  begun: words?.['begun'],
  done: words?.['done'],
};

onProgress((progress) => {
  let done = 0;
  for (const station of stations) {
    const { lesson = '', exercises = '' } = station.dataset;
    const state = progressStateOf(progress, lesson, exercises.split(' ').filter(Boolean));
    station.dataset['state'] = state;
    const word = wordOf[state];
    const place = station.querySelector('[data-state-word]');
    if (place) place.textContent = word ? ` (${word})` : '';
    if (state === 'done') done += 1;
  }
  if (shown) shown.textContent = String(done);
});

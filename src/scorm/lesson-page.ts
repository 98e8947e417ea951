/** A lesson's page in a package: tells the page around it what is read and what is passed. */
import type { FromLesson } from './messages.ts';

const tell = (message: FromLesson) => parent.postMessage(message, location.origin);
const lesson = document.querySelector<HTMLElement>('[data-lesson-page]')?.dataset['lessonPage'];

if (lesson && parent !== window) {
  tell({ type: 'retained:lesson', lesson });
  document.addEventListener('retained:passed', (event) => {
    const { exercise } = (event as CustomEvent<{ exercise: string }>).detail;
    tell({ type: 'retained:passed', exercise });
  });
}

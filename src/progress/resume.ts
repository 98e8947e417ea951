/** Makes the link into the course lead to the reader's position. */
import { onProgress } from './store.ts';

const link = document.querySelector<HTMLAnchorElement>('a[data-resume]');

onProgress(({ last }) => {
  const station = last && document.querySelector(`[data-lesson="${CSS.escape(last.lesson)}"] a`);
  if (!link || !(station instanceof HTMLAnchorElement)) return;
  const words = link.querySelector('span');
  const title = station.textContent?.trim() ?? '';
  if (words) words.textContent = (link.dataset['resume'] ?? '').replace('{title}', () => title);
  link.href = station.getAttribute('href') + (last?.heading ? `#${last.heading}` : '');
});

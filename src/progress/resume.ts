/** Makes the link into the course lead on: to the reader's place, or to the next lesson that is not done. */
import { nextUndone } from '../../sandbox/protocol/progress.ts';
import { onProgress } from './store.ts';

const link = document.querySelector<HTMLAnchorElement>('a[data-resume]');
const words = link?.querySelector('span');
const [start, atStart] = [words?.textContent ?? '', link?.href ?? ''];
const lessons = [...document.querySelectorAll<HTMLElement>('[data-lesson]')].map((station) => ({
  id: station.dataset['lesson'] ?? '',
  exercises: (station.dataset['exercises'] ?? '').split(' ').filter(Boolean),
  link: station.querySelector('a'),
}));

function show(text: string, href: string): void {
  if (words) words.textContent = text;
  if (link) link.href = href;
}

onProgress((progress) => {
  const { last } = progress;
  if (!link || !last) return show(start, atStart);
  const next = nextUndone(progress, lessons);
  if (next === undefined) return show(link.dataset['resumeDone'] ?? '', link.dataset['done'] ?? '');
  const to = lessons.find(({ id }) => id === next)?.link;
  if (!to) return;
  const title = to.textContent?.trim() ?? '';
  const place = next === last.lesson && last.heading ? `#${last.heading}` : '';
  show(
    (link.dataset['resume'] ?? '').replace('{title}', () => title),
    to.href + place,
  );
});

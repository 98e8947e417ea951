/** The page at a former address: on to the present one, with all that follows it. */
import { presentPlace } from './present-place.ts';
import { formerIds } from './store.ts';

const link = document.querySelector<HTMLAnchorElement>('a[data-former]')!;
const former = link.dataset['former']!;
const to = new URL(link.href);
to.search = location.search;
to.hash = location.hash;
if (!former.includes('/')) {
  const { lesson, fragment } = presentPlace({ lesson: former, fragment: to.hash }, formerIds());
  to.pathname = new URL(`../${lesson}/`, link.href).pathname;
  to.hash = fragment;
}
location.replace(to);

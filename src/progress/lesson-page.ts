/** What a lesson's page records: opened, the reader's position, read, passed. */
import { headingBeingRead } from '../components/lesson/heading.ts';
import { oldestPassed } from '../../sandbox/protocol/progress.ts';
import { presentPlace } from './present-place.ts';
import { formerIds, loadProgress, update } from './store.ts';

const page = document.querySelector<HTMLElement>('.lesson[data-lesson-page]');
const lesson = page?.dataset['lessonPage'] ?? '';

function keepPlace(): void {
  const last = { lesson, heading: headingBeingRead() };
  const { last: before } = loadProgress();
  if (before?.lesson === last.lesson && before.heading === last.heading) return;
  update((progress) => ({ ...progress, last }));
}

/** An exercise counts as tried if its program was changed: the workbench keeps the draft. */
function keepTried(): void {
  const ids = [...document.querySelectorAll('mqtt-workbench')].map(
    (one) => one.getAttribute('exercise') ?? '',
  );
  let drafts: string[] = [];
  try {
    drafts = Object.keys(localStorage).filter((name) => name.startsWith('retained:draft:'));
  } catch {
    return;
  }
  const now = loadProgress().exercises;
  const tried = ids.filter(
    (id) => !now[id]?.tried && drafts.some((name) => name.startsWith(`retained:draft:${id}:`)),
  );
  if (tried.length === 0) return;
  update((progress) => {
    for (const id of tried) (progress.exercises[id] ??= {}).tried = Date.now();
  });
}
const leave = () => {
  keepPlace();
  keepTried();
};

/** The end of the text was on the screen. */
function watchEnd(end: Element): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    update((progress) => void ((progress.lessons[lesson] ??= {}).read ??= Date.now()));
  });
  observer.observe(end);
}

/** What was chosen is there again; it is kept as soon as it is chosen. */
function keepAnswers(): void {
  for (const choice of document.querySelectorAll('.choice')) {
    const id = `${lesson}/${choice.id}`;
    const inputs = [...choice.querySelectorAll('input')];
    const input = inputs[loadProgress().answers?.[id]?.chosen ?? -1];
    if (input) input.checked = true;
    choice.addEventListener('change', () => {
      const chosen = inputs.findIndex(({ checked }) => checked);
      update((progress) => void ((progress.answers ??= {})[id] = { chosen }));
    });
  }
}

/** An exercise of an earlier lesson to practise: the one that was passed longest ago. */
function offerAgain(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-again]')];
  const oldest = oldestPassed(
    loadProgress(),
    links.map((link) => link.dataset['again'] ?? ''),
  );
  const link = links.find((one) => one.dataset['again'] === oldest);
  const box = link?.closest<HTMLElement>('.again');
  if (!link || !box) return;
  link.hidden = false;
  box.hidden = false;
}

/** What a link is about may have moved to another lesson. */
function follow(): boolean {
  const now = presentPlace({ lesson, fragment: location.hash }, formerIds());
  if (now.lesson === lesson) return false;
  location.replace(new URL(`../${now.lesson}/${location.search}${now.fragment}`, location.href));
  return true;
}

if (lesson && !follow()) {
  update((progress) => {
    (progress.lessons[lesson] ??= {}).opened ??= Date.now();
    if (progress.last?.lesson !== lesson) progress.last = { lesson, heading: '' };
  });
  const end = page?.querySelector('.ways');
  if (end) watchEnd(end);
  offerAgain();
  keepAnswers();
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.hidden && leave());
  document.addEventListener('retained:passed', (event) => {
    const { exercise } = (event as CustomEvent<{ exercise: string }>).detail;
    update((progress) => void ((progress.exercises[exercise] ??= {}).passed = Date.now()));
  });
}

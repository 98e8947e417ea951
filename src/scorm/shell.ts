/** The page that a platform opens: it keeps the connection to the platform while lessons change. */
import { formerIds } from '../progress/store.ts';
import { findApi } from './find-api.ts';
import { bringDraftsOf } from './learner-drafts.ts';
import { fromLesson } from './messages.ts';
import { Session } from './session.ts';

const page = document.querySelector<HTMLElement>('[data-package]')!;
const frame = document.querySelector<HTMLIFrameElement>('iframe')!;
const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-lesson]')];
const exercisesOf = (link: HTMLElement) =>
  (link.dataset['exercises'] ?? '').split(' ').filter(Boolean);
const exercises = links.flatMap(exercisesOf);

function say(words: 'reported' | 'alone' | 'trouble'): void {
  const status = page.querySelector<HTMLElement>('[role=status]');
  if (status) status.textContent = status.dataset[words] ?? '';
}

/** Without a platform the part works, and is told to nobody. */
function open(): Pick<Session, 'passed' | 'pass' | 'at' | 'location' | 'finish'> {
  const api = findApi(window);
  let isTrouble = false;
  const session =
    api &&
    Session.open(api, {
      exercises,
      renamed: formerIds(),
      now: Date.now,
      onTrouble(call, code) {
        isTrouble = true;
        console.warn(`SCORM: ${call} failed with ${code}`);
        say('trouble');
      },
    });
  if (!isTrouble) say(session ? 'reported' : 'alone');
  if (!session) {
    const passed = new Set<string>();
    const pass = (id: string) => void (exercises.includes(id) && passed.add(id));
    return { passed, pass, at: () => {}, location: '', finish: () => {} };
  }
  try {
    bringDraftsOf(session.learner, localStorage);
  } catch {
    // No store: then nothing of another learner is in it.
  }
  return session;
}

const session = open();

function show(): void {
  for (const link of links) {
    const own = exercisesOf(link);
    const passed = own.filter((id) => session.passed.has(id)).length;
    link.toggleAttribute('data-done', own.length > 0 && passed === own.length);
    const count = link.querySelector('[data-count]');
    if (count) count.textContent = `${passed}/${own.length}`;
  }
  const passed = String(session.passed.size);
  const text = page.querySelector<HTMLElement>('[data-passed]');
  // The first number of the sentence, in every language.
  if (text) text.textContent = (text.textContent ?? '').replace(/\d+/, passed);
}

addEventListener('message', ({ data, source, origin }) => {
  if (source !== frame.contentWindow || origin !== location.origin) return;
  const message = fromLesson(data);
  if (message?.type === 'retained:passed') {
    session.pass(message.exercise);
    show();
  } else if (message) {
    const link = links.find((one) => one.dataset['lesson'] === message.lesson);
    if (!link) return;
    for (const one of links) one.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'page');
    // On a phone the list is wider than the page.
    link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    session.at(message.lesson);
  }
});
addEventListener('pagehide', () => session.finish());
// Back by the browser's own cache of pages: the visit is over, and a new one begins.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

show();
const first = links.find((link) => link.dataset['lesson'] === session.location) ?? links[0];
if (first) frame.src = first.href;

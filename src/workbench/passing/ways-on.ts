/** Where a learner goes from an exercise that is passed: read from the page around it. */

export interface WayOn {
  to: 'text' | 'exercise' | 'lesson' | 'ending';
  /** Of a heading or a lesson. */
  title: string;
  href: string;
}

/**
 * On in the text, and then the exercise of this page that is not passed yet, or the next lesson.
 * An embedded exercise has no lesson around it, and no ways.
 * @param isPassed whether an exercise, `<lesson>/<exercise>`, was passed
 */
export function waysOn(element: Element, isPassed: (exercise: string) => boolean): WayOn[] {
  const place = element.closest('.workbench-place');
  const lesson = element.closest('.lesson');
  if (!place || !lesson) return [];
  const read = [...lesson.querySelectorAll('.prose h2[id]')].find((one) => isAfter(one, place));
  const ways = [read && wayTo('text', read.textContent, `#${read.id}`)];
  ways.push(nextExercise(element, lesson, isPassed) ?? nextLesson(lesson));
  return ways.filter((way) => way !== undefined);
}

function nextExercise(element: Element, lesson: Element, isPassed: (exercise: string) => boolean) {
  const all = [...lesson.querySelectorAll('mqtt-workbench')];
  const at = all.indexOf(element);
  const others = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
  const next = others.map((one) => one.getAttribute('exercise') ?? '').find((id) => !isPassed(id));
  if (next === undefined) return undefined;
  const href = `#exercise-${next.split('/')[1]}`;
  // The tab has its title; the number before it is for the eye.
  const tab = lesson.querySelector(`.exercise-tabs a[href="${href}"]`);
  return wayTo('exercise', tab?.lastChild?.textContent ?? '', href);
}
function nextLesson(lesson: Element): WayOn | undefined {
  const next = lesson.querySelector<HTMLAnchorElement>('.ways a[rel=next]');
  if (next) {
    // Below the small words “Next lesson”.
    return wayTo('lesson', next.querySelector('span')?.lastChild?.textContent ?? null, next.href);
  }
  return lesson.querySelector('#ending') ? wayTo('ending', '', '#ending') : undefined;
}

const wayTo = (to: WayOn['to'], title: string | null, href: string): WayOn => ({
  to,
  title: title?.trim() ?? '',
  href,
});
const isAfter = (one: Node, other: Node): boolean =>
  (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
  !other.contains(one);

/** A link within the page: the focus goes where the eye goes. */
export function followWay(href: string): void {
  if (!href.startsWith('#')) return;
  const target = document.getElementById(href.slice(1));
  if (!target) return;
  if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
  target.focus();
}

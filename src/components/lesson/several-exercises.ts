/**
 * A lesson with several exercises. Side by side, the right column shows one, and a tab for each: the
 * one whose part of the text was reached last, or the one that somebody chose or did something for. A
 * part begins with its heading. On a narrower page every workbench stays in the text.
 */
import { addStyles } from '../../workbench/ui/add-styles.ts';
import stylesheet from './several-exercises.css?url';

const lesson = document.querySelector<HTMLElement>('.lesson')!;
const places = [...document.querySelectorAll<HTMLElement>('.workbench-place')];
/** A part counts as reached when its beginning is in the upper part of the window. */
const reach = 0.6;

const isBefore = (one: Node, other: Node) =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
const headings = [...lesson.querySelectorAll<HTMLElement>('.prose h2[id]')];
/** Where the part of each exercise begins: its heading, if no other exercise stands between. */
const parts = places.map((place, at) => {
  const heading = headings.filter((one) => isBefore(one, place)).at(-1);
  const other = places[at - 1];
  const begin = heading && (!other || isBefore(other, heading)) ? heading : place;
  const title = (heading ?? lesson.querySelector('h1'))?.textContent?.trim() ?? '';
  return { place, begin, title };
});
/** The first exercise has the beginning of the text, too. */
const partOf = (node: Node) =>
  parts.findLast(({ begin }) => begin === node || isBefore(begin, node)) ?? parts[0]!;

function reached(): HTMLElement {
  const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
  const isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
  const above = parts.filter(
    ({ begin }) => isAtEnd || begin.getBoundingClientRect().top < clientHeight * reach,
  );
  return (above.at(-1) ?? parts[0]!).place;
}

/** With the keyboard, the exercise with the focus is shown, wherever the text is scrolled. */
let byKeys = false;
const focused = () =>
  byKeys ? places.find((one) => one.contains(document.activeElement)) : undefined;
/** Chosen by a tab or a deed; until the text is scrolled by hand. */
let chosen: HTMLElement | undefined;
let shown: HTMLElement | undefined;

function follow(): void {
  const place = focused() ?? chosen ?? reached();
  if (place === shown) return;
  shown = place;
  for (const one of places) one.toggleAttribute('data-shown', one === place);
}
function choose(place: HTMLElement | undefined): void {
  chosen = place;
  follow();
}

/** The same tabs above each exercise: what is shown has them at its top. */
function tabsOf(own: HTMLElement): HTMLElement {
  const tabs = document.createElement('nav');
  tabs.className = 'exercise-tabs';
  tabs.setAttribute('aria-label', own.querySelector('h2')?.textContent ?? '');
  parts.forEach(({ place, title }, at) => {
    const link = document.createElement('a');
    link.href = `#${place.id}`;
    const number = document.createElement('span');
    number.textContent = `${at + 1}`;
    link.append(number, ` ${title}`);
    if (place === own) link.setAttribute('aria-current', 'true');
    tabs.append(link);
  });
  return tabs;
}

/** A link, a question, a button of the text: what it is about belongs to one exercise. */
function placeOfDeed(target: Element): HTMLElement | undefined {
  const link = target.closest<HTMLAnchorElement>('a[href^="#exercise-"]');
  if (link) return places.find(({ id }) => `#${id}` === link.hash);
  if (!target.closest('.prose') || target.closest('.workbench')) return undefined;
  return target.closest('input, button, summary, label') ? partOf(target).place : undefined;
}

void addStyles(stylesheet);
for (const place of places) place.querySelector('.workbench-hold')?.prepend(tabsOf(place));
lesson.dataset['follows'] = '';
let asked = false;
const ask = () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    follow();
  });
};
addEventListener('scroll', ask, { passive: true });
addEventListener('resize', ask);
for (const [sign, keys] of [
  ['keydown', true],
  ['pointerdown', false],
  ['wheel', false],
  ['touchmove', false],
] as const) {
  addEventListener(sign, () => (byKeys = keys), { passive: true, capture: true });
}
/** Scrolled by hand: the text leads again. */
for (const sign of ['wheel', 'touchmove'] as const) {
  addEventListener(
    sign,
    ({ target }) => {
      if (!(target as Element).closest?.('.workbench')) chosen = undefined;
    },
    { passive: true },
  );
}
// In the capture phase: what is done may need the exercise to be there.
for (const sign of ['click', 'change'] as const) {
  addEventListener(
    sign,
    ({ target }) => {
      const place = target instanceof Element ? placeOfDeed(target) : undefined;
      if (place) choose(place);
    },
    { capture: true },
  );
}
// Before the next Tab: it moves the focus into the exercise that is shown then.
addEventListener('focusin', follow);
follow();

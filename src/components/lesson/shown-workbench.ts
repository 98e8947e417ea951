/**
 * Side by side, the right column shows the exercise whose position in the text was reached last. On
 * a narrower page every workbench stays in the text. By keyboard, the link before an exercise shows
 * it.
 */
const lesson = document.querySelector<HTMLElement>('.lesson');
const places = [...document.querySelectorAll<HTMLElement>('.workbench-place')];
/** A place counts as reached when it is in the upper part of the window. */
const reach = 0.6;

function reached(): HTMLElement | undefined {
  const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
  if (scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2) return places.at(-1);
  const above = places.filter((one) => one.getBoundingClientRect().top < clientHeight * reach);
  return above.at(-1) ?? places[0];
}

/** With the keyboard, the exercise with the focus is shown, wherever the text is scrolled. */
let byKeys = false;
const focused = () =>
  byKeys ? places.find((one) => one.contains(document.activeElement)) : undefined;

let shown: HTMLElement | undefined;
function follow(): void {
  const place = focused() ?? reached();
  if (place === shown) return;
  shown = place;
  for (const one of places) one.toggleAttribute('data-shown', one === place);
}

if (lesson && places.length > 1) {
  lesson.dataset.follows = '';
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
  ] as const)
    addEventListener(sign, () => (byKeys = keys), { passive: true, capture: true });
  // Before the next Tab: it moves the focus into the exercise that is shown then.
  addEventListener('focusin', follow);
  follow();
}

export {};

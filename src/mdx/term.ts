/**
 * The cards of terms: Escape closes one without moving the pointer or the focus (WCAG 1.4.13); a
 * finger's first tap opens one, its second follows the link to the glossary.
 */
const terms = [...document.querySelectorAll<HTMLElement>('.term')];

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const term of terms) {
    delete term.dataset['open'];
    if (term.matches(':hover, :focus-within')) term.dataset['closed'] = '';
  }
});
document.addEventListener('pointerdown', (event) => {
  for (const term of terms)
    if (event.target instanceof Node && !term.contains(event.target)) delete term.dataset['open'];
});
for (const term of terms) {
  // Where it was closed it stays so until one comes back to it.
  for (const leaving of ['pointerleave', 'focusout'])
    term.addEventListener(leaving, () => delete term.dataset['closed']);
  term.querySelector('a')?.addEventListener('click', (event) => {
    const finger = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!finger || term.dataset['open'] !== undefined) return;
    event.preventDefault();
    term.dataset['open'] = '';
  });
}

export {};

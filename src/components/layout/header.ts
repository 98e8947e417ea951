/** The theme switch, and the language that the address `/` will choose next time. */
import { headingBeingRead } from '../lesson/heading.ts';
import { keep } from '../lesson/keep.ts';

const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
const button = document.querySelector<HTMLButtonElement>('.theme');

const shown = () => root.dataset.theme ?? (system.matches ? 'dark' : 'light');

function label(): void {
  if (!button) return;
  const dark = shown() === 'dark';
  button.toggleAttribute('data-dark', dark);
  button.ariaLabel = (dark ? button.dataset.toLight : button.dataset.toDark) ?? '';
}

button?.addEventListener('click', () => {
  const wanted = shown() === 'dark' ? 'light' : 'dark';
  // What the system would show anyway is not kept: then the page follows the system again.
  const asSystem = (wanted === 'dark') === system.matches;
  if (asSystem) delete root.dataset.theme;
  else root.dataset.theme = wanted;
  keep('theme', asSystem ? null : wanted);
  label();
});
system.addEventListener('change', label);
label();

for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-language]')) {
  link.addEventListener('click', () => {
    keep('language', link.dataset.language ?? null);
    link.hash = headingBeingRead();
  });
}

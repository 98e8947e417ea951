/** The site's keys: j/k or arrows between lessons, `/` for the search, `?` for the list of keys. */
import { keep, kept } from '../lesson/keep.ts';

/** Elements in which letters are text: the editor, the terminal, any field. */
const typing =
  'textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable], [role=textbox], .monaco-editor, .xterm';
/** Elements that use the arrow keys. */
const ownKeys = 'mqtt-workbench, dialog, [role], input, summary, pre';

const dialogs = [...document.querySelectorAll<HTMLDialogElement>('dialog')];
const [search, list] = ['search', 'keys'].map((id) =>
  document.querySelector<HTMLDialogElement>(`#${id}`),
);

/** Opens the dialog at once, then loads the search. */
async function openSearch(): Promise<void> {
  if (!search || search.open) return;
  search.showModal();
  search.querySelector('input')?.select();
  try {
    const { startSearch } = await import('../../search/dialog.ts');
    startSearch(search);
  } catch {
    search.querySelector('.said')!.textContent = search.dataset['failed']!;
  }
}
// Before a workbench has changed its place: only keys that do something on this page.
for (const row of list?.querySelectorAll<HTMLElement>('[data-needs]') ?? [])
  row.hidden = !document.querySelector(row.dataset['needs']!);
if (/Mac|iPhone|iPad/.test(navigator.userAgent))
  for (const key of list?.querySelectorAll('[data-named]') ?? [])
    key.textContent = key.textContent!.replace('Ctrl', '⌘').replace('Alt', '⌥');
const openKeys = () => list && !list.open && list.showModal();

/** Clicks the link, so that a missing page has no key. */
const follow = (rel: string) => document.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`)?.click();

const actions: Record<string, () => unknown> = {
  '/': openSearch,
  '?': openKeys,
  j: () => follow('next'),
  k: () => follow('prev'),
  ArrowRight: () => follow('next'),
  ArrowLeft: () => follow('prev'),
};

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const action = actions[event.key];
  const at = event.target instanceof Element ? event.target : document.body;
  if (!action || kept('keys') === 'off' || dialogs.some((one) => one.open)) return;
  const isLesson = event.key.length > 1 || event.key === 'j' || event.key === 'k';
  if (at.closest(typing) || (isLesson && at.closest(ownKeys))) return;
  event.preventDefault();
  void action();
});

// The page of a missing address asks this way.
const question = new URLSearchParams(location.search).get('search');
if (question !== null && search) {
  search.querySelector('input')!.value = question.slice(0, 100);
  void openSearch();
}
for (const button of document.querySelectorAll('[data-open-search]'))
  button.addEventListener('click', () => void openSearch());
for (const button of document.querySelectorAll('[data-open-keys]'))
  button.addEventListener('click', openKeys);
for (const dialog of dialogs) {
  dialog.querySelector('[data-close]')?.addEventListener('click', () => dialog.close());
  // A click on the backdrop.
  dialog.addEventListener('click', (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    const outside = x < left || x > right || y < top || y > bottom;
    if (event.target === dialog && outside) dialog.close();
  });
}

const use = list?.querySelector('input');
if (use) {
  use.checked = kept('keys') !== 'off';
  use.addEventListener('change', () => keep('keys', use.checked ? null : 'off'));
}

// Menus of the page close like menus do.
const menus = [...document.querySelectorAll<HTMLDetailsElement>('details.menu')];
document.addEventListener('click', (event) => {
  for (const menu of menus)
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  const open = menus.find((menu) => menu.open);
  if (event.key !== 'Escape' || !open) return;
  open.open = false;
  open.querySelector('summary')?.focus();
});
for (const menu of menus)
  menu.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('a')) menu.open = false;
  });

/** The search dialog; loaded when it is opened, with MiniSearch and the language's index. */
import { createFinder, type Hit } from './find.ts';
import { markedParts } from './marked.ts';
import type { SearchFile } from './shape.ts';

type Find = (question: string) => Hit[];
const started = new WeakMap<HTMLElement, () => void>();

async function load(url: string): Promise<{ find: Find; words: SearchFile['words'] }> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const file = (await answer.json()) as SearchFile;
  return { find: createFinder(file), words: file.words };
}

function element(name: string, className: string, text: string): HTMLElement {
  const one = document.createElement(name);
  one.className = className;
  one.textContent = text;
  return one;
}

/** The text, with what was searched for marked in it. */
function marked(
  name: string,
  className: string,
  text: string,
  words: readonly string[],
): HTMLElement {
  const one = element(name, className, '');
  one.append(...markedParts(text, words).map(({ part, isMarked }) => isMarked ? element('mark', '', part) : part)); // prettier-ignore
  return one;
}

function optionOf(hit: Hit, at: number, coming: string, words: readonly string[]): HTMLElement {
  const option = document.createElement(hit.href ? 'a' : 'div');
  option.id = `search-${at}`;
  option.role = 'option';
  option.ariaSelected = 'false';
  option.tabIndex = -1;
  if (option instanceof HTMLAnchorElement)
    option.href = hit.heading ? `${hit.href}#${hit.heading.id}` : (hit.href ?? '');
  else option.ariaDisabled = 'true';
  const title = marked('span', 'title', hit.title, words);
  const where = hit.href ? hit.where : `${hit.where} · ${coming}`;
  title.append(element('span', 'where', where));
  option.append(title);
  const about = hit.heading?.text ?? hit.about;
  if (about) option.append(marked('span', 'about', about, words));
  return option;
}

/** Call after each opening of the dialog. */
export function startSearch(dialog: HTMLElement): void {
  const again = started.get(dialog);
  if (again) return again();
  const input = dialog.querySelector('input')!;
  const list = dialog.querySelector<HTMLElement>('[role=listbox]')!;
  const said = dialog.querySelector<HTMLElement>('.said')!;
  const { index = '', none = '', found = '', failed = '', suggested = '' } = dialog.dataset;
  let loading: ReturnType<typeof load> | undefined;
  let asked = 0;
  let chosen = -1;

  const options = () => [...list.children] as HTMLElement[];
  function choose(at: number): void {
    const all = options();
    chosen = all.length === 0 ? -1 : (at + all.length) % all.length;
    for (const [place, one] of all.entries()) one.ariaSelected = String(place === chosen);
    const one = all[chosen];
    one?.scrollIntoView({ block: 'nearest' });
    if (one) input.setAttribute('aria-activedescendant', one.id);
    else input.removeAttribute('aria-activedescendant');
  }

  function chooseNone(): void {
    chosen = -1;
    input.removeAttribute('aria-activedescendant');
  }

  async function search(): Promise<void> {
    const mine = ++asked;
    const question = input.value;
    try {
      const { find, words } = await (loading ??= load(index));
      if (mine !== asked) return;
      const hits = find(question);
      const asks = question.trim() !== '';
      const isFound = hits.length > 0;
      // Who finds nothing is offered what others look for; Enter opens none of it by itself.
      const offered = isFound ? hits : find('');
      list.replaceChildren(
        ...offered.map((hit, at) => optionOf(hit, at, words.coming, question.split(/\s+/))),
      );
      input.ariaExpanded = String(offered.length > 0);
      const nothing = none.replace('{query}', () => question.trim());
      if (!asks) said.textContent = suggested;
      else if (isFound) said.textContent = found.replace('{n}', `${hits.length}`);
      else said.replaceChildren(nothing, document.createElement('br'), suggested);
      if (isFound) choose(0);
      else chooseNone();
    } catch {
      // The next key press tries again: the network may be back.
      loading = undefined;
      said.textContent = failed;
    }
  }

  input.addEventListener('input', () => void search());
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const moves: Record<string, number> = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 };
    const to = moves[event.key];
    if (to !== undefined) choose(to);
    else if (event.key === 'Enter') options()[chosen]?.click();
    else return;
    event.preventDefault();
  });
  list.addEventListener('pointermove', (event) => {
    const over = (event.target as Element).closest<HTMLElement>('[role=option]');
    const at = over ? options().indexOf(over) : -1;
    if (at >= 0 && at !== chosen) choose(at);
  });
  list.addEventListener('click', (event) => {
    // A link to the current page only scrolls.
    if (event.target instanceof Element && event.target.closest('a'))
      (dialog as HTMLDialogElement).close();
  });
  started.set(dialog, () => void search());
  void search();
}

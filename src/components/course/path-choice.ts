/**
 * The path whose row is open is chosen: the map shows its lessons, and the device remembers it. Any
 * page without the rows shows the whole map.
 */
const key = 'retained:path';
const rows = [...document.querySelectorAll<HTMLDetailsElement>('[data-path]')];
const map = document.querySelector('.parts');
const bar = document.querySelector<HTMLElement>('[data-path-shown]');

/** Writes `n` into a sentence: its first number, in every language. */
function count(place: Element | null | undefined, n: number): void {
  if (place) place.textContent = (place.textContent ?? '').replace(/\d+/, String(n));
}
/** Hides what is not on the path; returns how many are. */
function keep(stations: NodeListOf<HTMLElement>, path: Set<string> | undefined): number {
  let kept = 0;
  for (const one of stations) {
    const id = one.dataset['lesson'] ?? one.dataset['coming'] ?? '';
    one.hidden = path !== undefined && !path.has(id);
    if (!one.hidden) kept += 1;
  }
  return kept;
}

function show(row: HTMLDetailsElement | undefined): void {
  const path = row && new Set((row.dataset['lessons'] ?? '').split(' '));
  let written = 0;
  for (const part of map?.children ?? []) {
    if (!(part instanceof HTMLElement)) continue;
    const here = keep(part.querySelectorAll('[data-lesson]'), path);
    const coming = keep(part.querySelectorAll('[data-coming]'), path);
    const fold = part.querySelector<HTMLElement>('.to-come');
    if (fold) fold.hidden = coming === 0;
    count(fold?.querySelector('summary'), coming);
    part.hidden = here + coming === 0;
    written += here;
  }
  count(document.querySelector('[data-map-count]'), written);
  if (!bar) return;
  bar.hidden = !row;
  bar.querySelector('strong')!.textContent = row?.dataset['shown'] ?? '';
}

function remember(id: string | undefined): void {
  try {
    if (id) localStorage.setItem(key, id);
    else localStorage.removeItem(key);
  } catch {
    // Blocked: it is chosen until the page is left.
  }
}
function remembered(): HTMLDetailsElement | undefined {
  try {
    const id = localStorage.getItem(key);
    return rows.find((row) => row.dataset['path'] === id);
  } catch {
    return undefined;
  }
}

const before = remembered();
if (before) before.open = true;
show(before);
for (const row of rows) {
  // Opening one closes another: two events, one choice.
  row.addEventListener('toggle', () => {
    const open = rows.find((one) => one.open);
    remember(open?.dataset['path']);
    show(open);
  });
}
bar?.querySelector('button')?.addEventListener('click', () => {
  const open = rows.find((one) => one.open);
  if (!open) return;
  open.open = false;
  open.querySelector('summary')?.focus();
});

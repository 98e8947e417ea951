/** The page of the learner's progress: counts, saving to a file, loading from one, deleting, undo. */
import { known, merged, nothing, type Progress } from '../../sandbox/protocol/progress.ts';
import { longestFile } from '../../sandbox/protocol/read-progress.ts';
import { forget, loadProgress, ofFile, onProgress, update } from './store.ts';

const page = document.querySelector<HTMLElement>('.mine');
const ids = (name: 'lessons' | 'exercises' | 'needed') =>
  (page?.dataset[name] ?? '').split(' ').filter(Boolean);
const file = page?.querySelector<HTMLInputElement>('input[type=file]');
const undoButton = page?.querySelector<HTMLElement>('[data-do=undo]');
let before: Progress | undefined;

/** Shows one of the sentences in the page, with Undo if there is something to undo. */
function showStatus(word: 'imported' | 'refused' | 'cleared' | 'undone', undo?: Progress): void {
  before = undo;
  for (const one of page?.querySelectorAll<HTMLElement>('[data-said]') ?? [])
    one.hidden = one.dataset['said'] !== word;
  if (undoButton) undoButton.hidden = undo === undefined;
}

function save(): void {
  const link = document.createElement('a');
  const blob = new Blob([JSON.stringify(loadProgress(), null, 2)], { type: 'application/json' });
  link.href = URL.createObjectURL(blob);
  link.download = `retained-progress-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function take(chosen: File): Promise<void> {
  const read = chosen.size <= longestFile ? ofFile(await chosen.text()) : undefined;
  if (!read) return showStatus('refused');
  const mine = loadProgress();
  update(() => merged(mine, known(read, ids('lessons'), ids('exercises'))));
  showStatus('imported', mine);
}

const actions: Record<string, () => void> = {
  export: save,
  import: () => file?.click(),
  clear() {
    const mine = loadProgress();
    forget();
    showStatus('cleared', mine);
  },
  undo() {
    const back = before ?? nothing();
    update(() => back);
    showStatus('undone');
  },
};
for (const button of page?.querySelectorAll<HTMLElement>('[data-do]') ?? [])
  button.addEventListener('click', () => actions[button.dataset['do'] ?? '']?.());
file?.addEventListener('change', () => {
  const [chosen] = file.files ?? [];
  if (chosen) void take(chosen);
  file.value = '';
});

onProgress((progress) => {
  const counts = {
    read: ids('lessons').filter((id) => progress.lessons[id]?.read).length,
    passed: ids('needed').filter((id) => progress.exercises[id]?.passed).length,
  };
  for (const [name, n] of Object.entries(counts)) {
    const place = page?.querySelector(`[data-count=${name}]`);
    // The first number of the sentence, in every language.
    if (place) place.textContent = (place.textContent ?? '').replace(/\d+/, String(n));
  }
});

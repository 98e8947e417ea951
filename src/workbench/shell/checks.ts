import type { CheckResult } from '../../../sandbox/protocol/exercise.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { isInTest } from '../help/in-test.ts';
import { iconView } from '../ui/icons.ts';
import { createView, html, nothing, render, type TemplateResult } from '../ui/view.ts';
import { lessonHtml, lessonText } from './lesson-html.ts';

interface CheckItem {
  id: string;
  sentence: DocumentFragment;
  /** The sentence as text. */
  text: string;
  state: CheckResult['state'];
  hint?: DocumentFragment;
  /** What the hint was made of. */
  hintSource: string;
}

/**
 * The checks, in the list that the page already shows: the sentences keep their places.
 * @param list the page's own list
 * @param below help with them, and what comes once they hold
 */
export function createChecks(
  list: HTMLElement,
  data: Pick<ExerciseData, 'checks' | 'hints'>,
  words: Words,
  model: Pick<Model, 'checks' | 'checkCount' | 'on'>,
  below: readonly HTMLElement[],
): HTMLElement {
  list.setAttribute('aria-label', words('workbench.checks'));
  list.replaceChildren();
  const items = data.checks.map(({ id, html: source }): CheckItem => {
    const sentence = lessonHtml(source);
    const text = sentence.textContent ?? '';
    return { id, sentence, text, state: 'not-yet', hintSource: 'null' };
  });
  let spoken = '';
  /** The check that somebody asked to see; else the next one is shown. */
  let picked: string | undefined;
  const { element, draw } = createView(() => {
    render(
      items.map((item, index) => itemView(item, { index, shown: shownId(), pick }, words)),
      list,
    );
    return checksView({ list, below, spoken }, words);
  });

  function shownId(): string | undefined {
    const left = items.filter(({ state }) => state === 'not-yet');
    // The hint may belong to a later check than the first that is left.
    return picked ?? (left.find(({ hint }) => hint) ?? left[0])?.id;
  }
  function pick(id: string): void {
    picked = id;
    draw();
  }
  function update(): void {
    // Results of a room in the page have hints; those of the server have none in a test.
    const results = isInTest(list)
      ? model.checks.map(({ hint: _, ...rest }) => rest)
      : model.checks;
    const news = items.flatMap((item) => updateItem(item, results, data.hints));
    const { passed: count, all } = model.checkCount;
    if (news.length > 0 || model.checks.length === 0) picked = undefined;
    // A new run: what was said of the one before would be stale.
    if (model.checks.length === 0) spoken = '';
    else if (news.length > 0) {
      // A space behind it is a matter of the language.
      spoken = words('workbench.checks.spoken', { count, all }) + news.join(' ');
    }
    draw();
  }
  model.on('checks', update);
  document.addEventListener('retained:test', () => list.isConnected && update());
  update();
  return element;
}

/** Returns what is new of the check, in words. */
function updateItem(
  item: CheckItem,
  results: readonly CheckResult[],
  hints: Record<string, string>,
): string[] {
  const result = results.find(({ id }) => id === item.id);
  const state = result?.state ?? 'not-yet';
  const hint = state === 'true' ? undefined : result?.hint;
  const source = JSON.stringify(hint ?? null);
  const isNewlyTrue = state === 'true' && item.state !== 'true';
  item.state = state;
  if (source !== item.hintSource) {
    item.hintSource = source;
    item.hint = hint && lessonText(lessonHtml(hints[hint.id] ?? ''), hint.values);
    if (item.hint) return [item.hint.textContent ?? ''];
  }
  return isNewlyTrue ? [item.text] : [];
}

function checksView(
  { list, below, spoken }: { list: HTMLElement; below: readonly HTMLElement[]; spoken: string },
  words: Words,
): TemplateResult {
  // A live region must stand in the page before its text changes.
  return html`<section
    role="group"
    class="wb-checks"
    aria-label=${words('workbench.checks')}
    tabindex="-1"
  >
    ${list} ${below}
    <p class="wb-spoken" role="status">${spoken}</p>
  </section>`;
}

interface ItemPlace {
  index: number;
  /** Id of the check that is shown in full. */
  shown: string | undefined;
  pick(id: string): void;
}

/** Its mark; its sentence and hint, too, if it is the one that is shown. All are there to be heard. */
function itemView(
  { id, text, state, sentence, hint }: CheckItem,
  { index, shown, pick }: ItemPlace,
  words: Words,
): TemplateResult {
  const isShown = id === shown;
  return html`<li data-check=${id} data-state=${state} ?data-shown=${isShown}>
    <button
      type="button"
      class="wb-check-mark"
      aria-label=${words('workbench.check.show', { number: index + 1 })}
      aria-pressed=${isShown}
      title=${isShown ? nothing : text.trim()}
      @click=${() => pick(id)}
    >
      ${iconView('true')}
    </button>
    <div class="wb-check-words" @focusin=${() => !isShown && pick(id)}>
      <div class="wb-check-sentence">
        ${sentence} <span class="wb-spoken">${`(${words(`workbench.check.${state}`)})`}</span>
      </div>
      <div class="wb-hint" ?hidden=${!hint}>${hint ?? nothing}</div>
    </div>
  </li>`;
}

import type { ExerciseData } from '../store/exercise-data.ts';
import { fill, type Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { h, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { lessonHtml } from './lesson-html.ts';

/** Draws the checks into the list that the page already shows: the sentences keep their places. */
export function createChecksPanel(
  list: Element,
  data: Pick<ExerciseData, 'checks' | 'hints'>,
  words: Words,
  model: Model,
): void {
  list.setAttribute('aria-label', words('workbench.checks'));
  const done = h('p', { class: 'wb-done', role: 'status', hidden: true }, icon('true'));
  done.append(words('workbench.checks.done'));
  // A live region must stand in the page before its text changes.
  const spoken = h('p', { class: 'wb-spoken', role: 'status' });
  const items = data.checks.map(({ id, html }) => {
    const state = h('span', { class: 'wb-spoken' });
    const hint = h('div', { class: 'wb-hint', hidden: true });
    const sentence = h('div', { class: 'wb-check-sentence' });
    sentence.append(lessonHtml(html));
    const mark = h('span', { class: 'wb-check-mark' }, icon('true'));
    const item = h('li', { 'data-check': id, 'data-state': 'not-yet' }, mark, sentence, hint);
    const text = sentence.textContent ?? '';
    sentence.append(' ', state);
    return { id, item, text, state, hint, shown: '' };
  });
  list.replaceChildren(...items.map(({ item }) => item));
  list.after(done, spoken);

  function draw(): void {
    const by = new Map(model.checks.map((result) => [result.id, result]));
    const sentences: string[] = [];
    for (const each of items) {
      const result = by.get(each.id);
      const state = result?.state ?? 'not-yet';
      if (each.item.dataset.state !== state && state === 'true') {
        sentences.push(each.text);
      }
      each.item.dataset.state = state;
      setText(each.state, `(${words(`workbench.check.${state}`)})`);
      const hint = state === 'true' ? undefined : result?.hint;
      const signature = JSON.stringify(hint ?? null);
      if (signature === each.shown) continue;
      each.shown = signature;
      each.hint.hidden = !hint;
      each.hint.replaceChildren(...(hint ? hintNodes(data.hints[hint.id], hint.values) : []));
      if (hint) sentences.push(each.hint.textContent ?? '');
    }
    const { passed: count, all } = model.checkCount;
    done.hidden = !(all > 0 && count === all);
    if (model.checks.length === 0) {
      // A new run: what was said of the one before would be stale.
      setText(spoken, '');
    } else if (sentences.length > 0) {
      setText(spoken, `${words('workbench.checks.count', { count, all })}. ${sentences.join(' ')}`);
    }
  }
  model.on('checks', draw);
  draw();
}

/** The hint's HTML is the lesson's; its values came over a wire and stay text. */
function hintNodes(html: string | undefined, values: Record<string, string | number>): Node[] {
  if (html === undefined) return [];
  const content = lessonHtml(html);
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const bounded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value).slice(0, 200)]),
  );
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    text.data = fill(text.data, bounded);
  }
  return [...content.childNodes];
}

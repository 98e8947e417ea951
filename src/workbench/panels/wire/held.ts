/** In words, what both sides hold: of the row that is looked at, else of all that is unfinished. */
import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { type HeldSentence, heldSentences } from './describe.ts';
import type { WireRow, WireRows } from './wire-rows.ts';

/** Exchanges named at a time. */
const mostNamed = 3;

export function createHeld(words: Words) {
  const list = h('ul', { class: 'wb-wire-held-list' });
  const element = h(
    'section',
    { role: 'group', class: 'wb-wire-held', 'aria-label': words('wire-panel.held') },
    h('h4', {}, words('wire-panel.held')),
    list,
  );
  let drawn = '';
  return {
    element,
    /** `row`: the newest one drawn, or the one chosen; undefined where nothing has happened yet. */
    show(row: WireRow | undefined, isChosen: boolean, trace: WireRows): void {
      const sentences = row ? sentencesOf(row, isChosen, trace, words) : [];
      element.hidden = sentences.length === 0;
      const text = JSON.stringify(sentences);
      if (text === drawn) return;
      drawn = text;
      list.replaceChildren(
        ...sentences.map(({ text, statement }) =>
          h(
            'li',
            {},
            text,
            statement !== undefined && h('code', { class: 'wb-wire-statement' }, `[${statement}]`),
          ),
        ),
      );
    },
  };
}

function sentencesOf(
  row: WireRow,
  isChosen: boolean,
  trace: WireRows,
  words: Words,
): HeldSentence[] {
  if (isChosen && row.exchange) return heldSentences(row.exchange, row.n, trace.columns, words);
  const { named, count } = row.after.exchanges;
  const shown = named.slice(0, mostNamed);
  const sentences = shown.flatMap((exchange) =>
    heldSentences(exchange, row.n, trace.columns, words),
  );
  if (count > shown.length)
    sentences.push({ text: words('wire-panel.held.more', { count: count - shown.length }) });
  return sentences.length > 0 ? sentences : [{ text: words('wire-panel.held.nothing') }];
}

/** In words, what both sides hold: of the selected row, else of all exchanges that are unfinished. */
import type { Words } from '../../i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import { type HeldSentence, heldSentences } from './describe.ts';
import type { WireRow, WireRows } from './wire-rows.ts';

/** Exchanges named at a time. */
const mostNamed = 3;

export const heldView = (sentences: readonly HeldSentence[], words: Words): TemplateResult =>
  html`<section
    role="group"
    class="wb-wire-held"
    aria-label=${words('wire-panel.held')}
    ?hidden=${sentences.length === 0}
  >
    <h3>${words('wire-panel.held')}</h3>
    <ul class="wb-wire-held-list">
      ${sentences.map(
        ({ text, statement }) =>
          html`<li>${text}${statement ? statementOf(statement) : nothing}</li>`,
      )}
    </ul>
  </section>`;

const statementOf = (statement: string) =>
  html`<code class="wb-wire-statement">[${statement}]</code>`;

/** `row`: the newest one drawn, or the selected one. */
export function sentencesOf(
  row: WireRow,
  isSelected: boolean,
  trace: WireRows,
  words: Words,
): HeldSentence[] {
  if (isSelected && row.exchange) return heldSentences(row.exchange, row.n, trace.columns, words);
  const { named, count } = row.after.exchanges;
  const shown = named.slice(0, mostNamed);
  const sentences = shown.flatMap((exchange) =>
    heldSentences(exchange, row.n, trace.columns, words),
  );
  if (count > shown.length)
    sentences.push({ text: words('wire-panel.held.more', { count: count - shown.length }) });
  return sentences.length > 0 ? sentences : [{ text: words('wire-panel.held.nothing') }];
}

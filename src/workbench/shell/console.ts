import type { ConsoleLine, RecordView } from '../run/record.ts';
import type { Words } from '../i18n/words.ts';
import { isAtEnd, scrollToEnd } from '../ui/list-end.ts';
import { createView, html, nothing, type TemplateResult } from '../ui/view.ts';
import { secondsOf } from '../trace/packet-rows.ts';

/** Of one text, before somebody asks for all of it. */
const shownCharacters = 1_000;
const shownRows = 60;

export interface ConsoleOptions {
  manyDevices: boolean;
  /** Shows the learner's own line of an error. */
  onGoTo(line: ConsoleLine): void;
}
type Console = Pick<RecordView, 'lines' | 'linesLeftOut'>;

/** The programs' output. */
export function createConsole(
  record: RecordView,
  words: Words,
  options: ConsoleOptions,
): HTMLElement {
  const { element, draw } = createView(() => consoleView(record, words));
  const list = element.querySelector('.wb-console-lines')!;
  let generation = record.generation;
  let drawn = 0;

  // Lines are appended by hand: a template would compare all 2,000 of them in each frame.
  record.subscribe(() => {
    if (generation !== record.generation) {
      generation = record.generation;
      list.replaceChildren();
      drawn = 0;
      draw();
    }
    const all = record.linesLeftOut + record.lines.length;
    // The record changes with each packet; to ask where the list stands would lay out the whole page.
    if (all === drawn && list.children.length === record.lines.length) return;
    const wasAtEnd = isAtEnd(list);
    const fresh = record.lines.slice(Math.max(0, record.lines.length - (all - drawn)));
    drawn = all;
    list.append(...fresh.map((line) => lineElement(line, words, options)));
    while (list.children.length > record.lines.length) list.firstElementChild?.remove();
    draw();
    if (wasAtEnd) {
      scrollToEnd(list);
      // A line that was not in sight had no measured height.
      requestAnimationFrame(() => scrollToEnd(list));
    }
  });
  return element;
}

function consoleView({ lines, linesLeftOut }: Console, words: Words): TemplateResult {
  const isEmpty = lines.length === 0;
  return html`<section
    role="group"
    class="wb-console"
    aria-label=${words('workbench.console.short')}
  >
    <p class="wb-left-out" ?hidden=${linesLeftOut === 0}>
      ${words('workbench.console.left-out', { count: linesLeftOut })}
    </p>
    <p class="wb-empty" ?hidden=${!isEmpty}>${words('workbench.console.empty')}</p>
    <div
      class="wb-console-lines"
      tabindex="0"
      role="log"
      translate="no"
      aria-label=${words('workbench.console')}
      ?hidden=${isEmpty}
    ></div>
  </section>`;
}

function lineElement(line: ConsoleLine, words: Words, options: ConsoleOptions): HTMLElement {
  let isWhole = false;
  const showAll = (): void => {
    isWhole = true;
    draw();
  };
  const { element, draw } = createView(() => lineView(line, textView(), words, options));
  return element;

  /** Its beginning; all of it on demand, because a long text takes long to lay out. */
  function textView(): TemplateResult | string {
    const { text } = line;
    const start = text.split('\n', shownRows).join('\n').slice(0, shownCharacters);
    const left = text.length - start.length;
    if (isWhole || left < 100) return text;
    const label = words('workbench.console.more', { count: left.toLocaleString('en') });
    return html`${start} <button type="button" class="wb-link" @click=${showAll}>${label}</button>`;
  }
}

function lineView(
  line: ConsoleLine,
  text: TemplateResult | string,
  words: Words,
  { manyDevices, onGoTo }: ConsoleOptions,
): TemplateResult {
  const { device, level, at, position } = line;
  const mark = level === 'error' || level === 'warn';
  return html`<div class="wb-console-line" data-level=${level}>
    <span class="wb-packet-time">${secondsOf(at)}</span>
    ${manyDevices ? html`<span class="wb-console-device">${device}</span>` : nothing}
    ${mark ? html`<span class="wb-mark">${words(`workbench.console.level.${level}`)}</span>` : nothing}
    <span class="wb-console-text">${text}</span>
    ${
      position
        ? html`<button type="button" class="wb-link" @click=${() => onGoTo(line)}>
            ${words('workbench.console.line', { file: `${device}.ts`, line: position.line })}
          </button>`
        : nothing
    }
  </div>`;
}

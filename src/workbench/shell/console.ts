import type { ConsoleLine, RunRecord } from '../run/record.ts';
import type { Words } from '../i18n/words.ts';
import { h, setText } from '../ui/dom.ts';
import { secondsOf } from '../trace/packet-rows.ts';

/** Of one text, before somebody asks for all of it. */
const shownCharacters = 1_000;
const shownRows = 60;

/** The programs' output. `onGoTo` shows the learner's own line of an error. */
export function createConsolePanel(
  record: RunRecord,
  words: Words,
  options: { manyDevices: boolean; onGoTo(line: ConsoleLine): void },
): HTMLElement {
  const list = h('div', {
    class: 'wb-console-lines',
    tabindex: 0,
    role: 'log',
    'aria-label': words('workbench.console'),
  });
  const empty = h('p', { class: 'wb-empty' }, words('workbench.console.empty'));
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  let generation = record.generation;
  let drawn = 0;

  record.subscribe(() => {
    if (generation !== record.generation) {
      generation = record.generation;
      list.replaceChildren();
      drawn = 0;
    }
    const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    const all = record.linesLeftOut + record.lines.length;
    const fresh = record.lines.slice(Math.max(0, record.lines.length - (all - drawn)));
    drawn = all;
    list.append(...fresh.map((line) => lineElement(line)));
    while (list.children.length > record.lines.length) list.firstElementChild?.remove();
    empty.hidden = record.lines.length > 0;
    list.hidden = !empty.hidden;
    leftOut.hidden = record.linesLeftOut === 0;
    setText(leftOut, words('workbench.console.left-out', { count: record.linesLeftOut }));
    if (atEnd) {
      toEnd();
      // A line that was not in sight had no measured height.
      requestAnimationFrame(toEnd);
    }
  });

  function toEnd(): void {
    list.scrollTop = list.scrollHeight;
  }

  /** Its beginning; all of it on demand, because a long text takes long to lay out. */
  function textElement(text: string): HTMLElement {
    const element = h('span', { class: 'wb-console-text' });
    const start = text.split('\n', shownRows).join('\n').slice(0, shownCharacters);
    const left = text.length - start.length;
    if (left < 100) element.append(text);
    else {
      const all = (): void => element.replaceChildren(text);
      const label = words('workbench.console.more', { count: left.toLocaleString('en') });
      element.append(
        start,
        ' ',
        h('button', { type: 'button', class: 'wb-link', onclick: all }, label),
      );
    }
    return element;
  }

  function lineElement(line: ConsoleLine): HTMLElement {
    const level = line.level === 'error' || line.level === 'warn' ? line.level : undefined;
    return h(
      'div',
      { class: 'wb-console-line', 'data-level': line.level },
      h('span', { class: 'wb-packet-time' }, secondsOf(line.at)),
      options.manyDevices && h('span', { class: 'wb-console-device' }, line.device),
      level && h('span', { class: 'wb-mark' }, words(`workbench.console.level.${level}`)),
      textElement(line.text),
      line.position &&
        h(
          'button',
          { type: 'button', class: 'wb-link', onclick: () => options.onGoTo(line) },
          words('workbench.console.line', { file: `${line.device}.ts`, line: line.position.line }),
        ),
    );
  }

  list.hidden = true;
  return h(
    'section',
    { role: 'group', class: 'wb-console', 'aria-label': words('workbench.console.short') },
    leftOut,
    empty,
    list,
  );
}

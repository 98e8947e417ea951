import type { ConsoleLine, RunRecord } from '../run/record.ts';
import type { Words } from '../i18n/words.ts';
import { h, setText } from '../ui/dom.ts';
import { secondsOf } from '../trace/packet-rows.ts';

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

  function lineElement(line: ConsoleLine): HTMLElement {
    const level = line.level === 'error' || line.level === 'warn' ? line.level : undefined;
    return h(
      'div',
      { class: 'wb-console-line', 'data-level': line.level },
      h('span', { class: 'wb-packet-time' }, secondsOf(line.at)),
      options.manyDevices && h('span', { class: 'wb-console-device' }, line.device),
      level && h('span', { class: 'wb-mark' }, words(`workbench.console.level.${level}`)),
      h('span', { class: 'wb-console-text' }, line.text),
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

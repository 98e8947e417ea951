import type { Words } from '../i18n/words.ts';
import { h, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { createMenu, type MenuItem } from '../ui/menu.ts';

export interface Toolbar {
  element: HTMLElement;
  /** `word`: the end of a key `workbench.state.…`. `active`: there is a run that can be stopped. */
  state(word: string, active: boolean): void;
  /** '' where there is nothing to say: a line that works is no news. */
  connection(text: string): void;
  checks(count: number, all: number): void;
  focus(): void;
}
export interface ToolbarActions {
  run(): void;
  stop(): void;
  /** Of several programs there may be one to put back, or all. */
  resets: readonly MenuItem[];
  /** What is seldom wanted: under “More”. */
  more(): MenuItem[];
}

/** Run, Stop, Reset, and how things stand, in words. On a phone it is the bar at the thumb. */
export function createToolbar(words: Words, on: ToolbarActions): Toolbar {
  const runLabel = h('span', {}, words('workbench.run'));
  const run = h(
    'button',
    {
      type: 'button',
      class: 'wb-button wb-run',
      title: words('workbench.keys'),
      'aria-keyshortcuts': 'Control+Enter Meta+Enter',
      onclick: on.run,
    },
    icon('run'),
    runLabel,
  );
  const stop = h(
    'button',
    {
      type: 'button',
      class: 'wb-button wb-stop',
      title: words('workbench.keys.stop'),
      'aria-keyshortcuts': 'Control+Shift+Enter Meta+Shift+Enter',
      'aria-disabled': 'true',
      onclick: () => stop.getAttribute('aria-disabled') === 'false' && on.stop(),
    },
    icon('stop'),
    h('span', {}, words('workbench.stop')),
  );
  const more = createMenu(words('workbench.more'), () => on.more(), {
    class: 'wb-button wb-more',
    align: 'start',
  });
  const state = h('span', { class: 'wb-state', role: 'status' }, words('workbench.state.idle'));
  const connection = h('span', { class: 'wb-connection', role: 'status' });
  const checks = h('span', { class: 'wb-count' });
  const element = h(
    'div',
    { class: 'wb-toolbar', role: 'group', 'aria-label': words('workbench.toolbar') },
    run,
    stop,
    createReset(words, on.resets),
    more.element,
    h('span', { class: 'wb-toolbar-words' }, connection, state),
    checks,
  );

  return {
    element,
    state(word, active) {
      // Not `disabled`: a button that loses its focus sends a keyboard back to the page's top.
      stop.setAttribute('aria-disabled', String(!active));
      setText(runLabel, words(active ? 'workbench.run-again' : 'workbench.run'));
      state.dataset.state = word;
      setText(state, words(`workbench.state.${word}`));
    },
    connection(text) {
      setText(connection, text);
    },
    checks(count, all) {
      checks.dataset.state = count === all && all > 0 ? 'true' : 'not-yet';
      checks.replaceChildren(
        h('span', { 'aria-hidden': 'true' }, icon('true'), `${count}/${all}`),
        h('span', { class: 'wb-spoken' }, words('workbench.checks.count', { count, all })),
      );
    },
    focus() {
      // Without programs there is no Run.
      const shown = [...element.querySelectorAll('button')].find((one) => one.checkVisibility());
      shown?.focus();
    },
  };
}

function createReset(words: Words, resets: readonly MenuItem[]): HTMLElement {
  const label = h('span', { class: 'wb-reset' }, icon('reset'));
  label.append(h('span', {}, words('workbench.reset')));
  const attributes = { class: 'wb-button', title: words('workbench.reset-title') };
  const [only] = resets;
  if (resets.length > 1) {
    return createMenu(label, () => [...resets], { class: 'wb-button', align: 'start' }).element;
  }
  return h('button', { ...attributes, type: 'button', onclick: () => only?.do() }, label);
}

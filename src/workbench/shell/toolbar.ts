import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { stateWord } from '../run/run-state.ts';
import { h, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { createMenu, type MenuItem } from '../ui/menu.ts';
import type { Actions } from './actions.ts';

export interface ToolbarDeps {
  model: Model;
  words: Words;
  actions: Pick<Actions, 'run' | 'stop'>;
  /** Of several programs one may be restored, or all. */
  restores: readonly MenuItem[];
  /** The items of “More”. */
  more(): MenuItem[];
}

/** Run, Stop, Reset, and the states of run and connection in words. On a phone it is the bottom bar. */
export function createToolbar({ model, words, actions, ...menus }: ToolbarDeps) {
  const runLabel = h('span', {}, words('workbench.run'));
  const run = h(
    'button',
    {
      type: 'button',
      class: 'wb-button wb-run',
      title: words('workbench.keys'),
      'aria-keyshortcuts': 'Control+Enter Meta+Enter',
      onclick: () => actions.run(),
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
      onclick: () => stop.getAttribute('aria-disabled') === 'false' && actions.stop(),
    },
    icon('stop'),
    h('span', {}, words('workbench.stop')),
  );
  const more = createMenu(words('workbench.more'), () => menus.more(), {
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
    createReset(words, menus.restores),
    more.element,
    h('span', { class: 'wb-toolbar-words' }, connection, state),
    checks,
  );

  function drawSession(): void {
    const word = stateWord(model.session);
    // Not `disabled`: a button that loses its focus sends a keyboard back to the page's top.
    stop.setAttribute('aria-disabled', String(!model.isActive));
    setText(runLabel, words(model.isActive ? 'workbench.run-again' : 'workbench.run'));
    state.dataset.state = word;
    setText(state, words(`workbench.state.${word}`));
  }
  /** A connection that works needs no words. */
  function drawConnection(): void {
    const status = model.connection;
    const isQuiet = status === 'off' || status === 'live';
    setText(connection, isQuiet ? '' : words(`workbench.connection.${status}`));
  }
  function drawChecks(): void {
    const { passed: count, all } = model.checkCount;
    checks.dataset.state = count === all && all > 0 ? 'true' : 'not-yet';
    checks.replaceChildren(
      h('span', { 'aria-hidden': 'true' }, icon('true'), `${count}/${all}`),
      h('span', { class: 'wb-spoken' }, words('workbench.checks.count', { count, all })),
    );
  }
  model.on('session', drawSession);
  model.on('connection', drawConnection);
  model.on('checks', drawChecks);
  drawChecks();

  return {
    element,
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

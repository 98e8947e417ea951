import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { stateWord } from '../run/run-state.ts';
import { iconView } from '../ui/icons.ts';
import { createMenu, type MenuItem } from '../ui/menu.ts';
import { createView, html, type TemplateResult } from '../ui/view.ts';
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
type Control = TemplateResult | HTMLElement;

/** Run, Stop, Reset, and the states of run and connection in words. On a phone it is the bottom bar. */
export function createToolbar({ model, words, actions, ...menus }: ToolbarDeps): HTMLElement {
  const reset = resetControl(words, menus.restores);
  const more = createMenu(words('workbench.more'), () => menus.more(), {
    class: 'wb-button wb-more',
    align: 'start',
  });
  const { element, draw } = createView(() =>
    toolbarView(model, { reset, more: more.element }, actions, words),
  );
  for (const part of ['session', 'connection', 'checks'] as const) model.on(part, draw);
  return element;
}

/** Without programs there is no Run: then the next button that is shown has the focus. */
export function focusToolbar(toolbar: Element): void {
  const buttons = [...toolbar.querySelectorAll('button')];
  buttons.find((one) => one.checkVisibility())?.focus();
}

function toolbarView(
  model: Pick<Model, 'session' | 'isActive' | 'connection' | 'checkCount'>,
  menus: { reset: Control; more: Control },
  on: ToolbarDeps['actions'],
  words: Words,
): TemplateResult {
  const { session, isActive, connection } = model;
  const { passed: count, all } = model.checkCount;
  const state = stateWord(session);
  // A connection that works needs no words.
  const isQuiet = connection === 'off' || connection === 'live';
  // Stop is not `disabled`: a button that loses its focus sends a keyboard back to the page's top.
  return html`<div class="wb-toolbar" role="group" aria-label=${words('workbench.toolbar')}>
    <button
      type="button"
      class="wb-button wb-run"
      title=${words('workbench.keys')}
      aria-keyshortcuts="Control+Enter Meta+Enter"
      @click=${on.run}
    >
      ${iconView('run')}<span>${words(isActive ? 'workbench.run-again' : 'workbench.run')}</span>
    </button>
    <button
      type="button"
      class="wb-button wb-stop"
      title=${words('workbench.keys.stop')}
      aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter"
      aria-disabled=${!isActive}
      @click=${() => model.isActive && on.stop()}
    >
      ${iconView('stop')}<span>${words('workbench.stop')}</span>
    </button>
    ${menus.reset} ${menus.more}
    <span class="wb-toolbar-words">
      <span class="wb-connection" role="status"
        >${isQuiet ? '' : words(`workbench.connection.${connection}`)}</span
      >
      <span class="wb-state" role="status" data-state=${state}
        >${words(`workbench.state.${state}`)}</span
      >
    </span>
    <span class="wb-count" data-state=${count === all && all > 0 ? 'true' : 'not-yet'}
      ><span aria-hidden="true">${iconView('true')}${`${count}/${all}`}</span
      ><span class="wb-spoken">${words('workbench.checks.count', { count, all })}</span></span
    >
  </div>`;
}

function resetControl(words: Words, restores: readonly MenuItem[]): Control {
  const label = html`<span class="wb-reset"
    >${iconView('reset')}<span>${words('workbench.reset')}</span></span
  >`;
  if (restores.length > 1) {
    const { element } = createView(() => label);
    return createMenu(element, () => [...restores], { class: 'wb-button', align: 'start' }).element;
  }
  return html`<button
    type="button"
    class="wb-button"
    title=${words('workbench.reset-title')}
    @click=${() => restores[0]?.do()}
  >
    ${label}
  </button>`;
}

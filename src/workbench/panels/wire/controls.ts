/** Pause, step, replay: always in sight. All other tools: one click away. */
import type { Words } from '../../i18n/words.ts';
import { h, setText } from '../../ui/dom.ts';
import { icon, type IconName } from '../../ui/icons.ts';
import type { Playback } from './playback.ts';

export interface ControlActions {
  /** Pauses, or goes back to what happens now. */
  toggle(): void;
  step(by: 1 | -1): void;
  play(): void;
}

export function createControls(words: Words, on: ControlActions, tools: HTMLElement) {
  const toggleLabel = h('span', {}, words('wire-panel.pause'));
  const toggle = h(
    'button',
    { type: 'button', class: 'wb-button wb-wire-toggle', onclick: on.toggle },
    toggleLabel,
  );
  const iconButton = (name: IconName, key: string, act: () => void): HTMLButtonElement => {
    const text = words(`wire-panel.${key}`);
    return h(
      'button',
      {
        type: 'button',
        class: 'wb-button wb-wire-small',
        'aria-label': text,
        title: text,
        onclick: act,
      },
      icon(name),
    );
  };
  const opener = h(
    'button',
    {
      type: 'button',
      class: 'wb-button wb-wire-tools-button',
      'aria-expanded': 'false',
      onclick: () => {
        tools.hidden = !tools.hidden;
        opener.setAttribute('aria-expanded', String(!tools.hidden));
      },
    },
    words('wire-panel.tools'),
  );
  const hidden = h('span', { class: 'wb-wire-hidden' });
  tools.hidden = true;
  const element = h(
    'div',
    { class: 'wb-wire-controls', role: 'group', 'aria-label': words('wire-panel.title') },
    toggle,
    iconButton('left', 'back', () => on.step(-1)),
    iconButton('right', 'step', () => on.step(1)),
    h('button', { type: 'button', class: 'wb-button', onclick: on.play }, icon('run'), words('wire-panel.play')),
    hidden,
    opener,
  ); // prettier-ignore
  return {
    element,
    /** `waiting`: rows that are there and not drawn yet. */
    show(mode: Playback['mode'], waiting: number): void {
      element.dataset.mode = mode;
      setText(
        toggleLabel,
        words(mode === 'live' || mode === 'playing' ? 'wire-panel.pause' : 'wire-panel.live'),
      );
      setText(hidden, waiting > 0 ? words('wire-panel.hidden', { count: waiting }) : '');
    },
  };
}

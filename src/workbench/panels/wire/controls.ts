/** Pause, step, replay, zoom: always in sight. Filter and export: one click away. */
import type { Words } from '../../words.ts';
import { h, setText } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';
import { type Playback, speeds, type Speed } from './playback.ts';

export interface ControlActions {
  /** Pauses, or goes back to what happens now. */
  toggle(): void;
  step(by: 1 | -1): void;
  play(): void;
  speed(speed: Speed): void;
  zoom(by: 1 | -1): void;
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
  const zoomButton = (sign: string, key: string, by: 1 | -1): HTMLButtonElement => {
    const text = words(`wire-panel.${key}`);
    return h(
      'button',
      {
        type: 'button',
        class: 'wb-button wb-wire-small',
        'aria-label': text,
        title: text,
        onclick: () => on.zoom(by),
      },
      sign,
    );
  };
  const speed = h(
    'select',
    {
      class: 'wb-wire-select',
      'aria-label': words('wire-panel.speed'),
      onchange: () => on.speed(speeds[speed.value] ?? speeds['slow']!),
    },
    ...Object.keys(speeds).map((id) => h('option', { value: id }, words(`wire-panel.speed.${id}`))),
  );
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
    h('span', { class: 'wb-wire-replay' },
      h('button', { type: 'button', class: 'wb-button', onclick: on.play }, icon('run'), words('wire-panel.play')),
      speed,
    ),
    hidden,
    h('span', { class: 'wb-wire-end' }, zoomButton('−', 'zoom-out', -1), zoomButton('+', 'zoom-in', 1), opener),
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

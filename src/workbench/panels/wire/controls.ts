/** Pause, step, replay: always in sight. All other tools are one click away. */
import type { Words } from '../../i18n/words.ts';
import { type IconName, iconView } from '../../ui/icons.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import type { Playback } from './playback.ts';

export interface ControlsModel {
  mode: Playback['mode'];
  /** Rows that are there and not drawn yet. */
  waiting: number;
  toolsOpen: boolean;
}
export interface ControlActions {
  /** Pauses, or goes back to what happens now. */
  toggle(): void;
  step(by: 1 | -1): void;
  play(): void;
  toggleTools(): void;
}

export function controlsView(
  { mode, waiting, toolsOpen }: ControlsModel,
  on: ControlActions,
  words: Words,
): TemplateResult {
  const t = (key: string) => words(`wire-panel.${key}`);
  return html`<div class="wb-wire-controls" role="group" aria-label=${t('title')} data-mode=${mode}>
    <button type="button" class="wb-button wb-wire-toggle" @click=${on.toggle}>
      <span>${t(mode === 'paused' ? 'live' : 'pause')}</span>
    </button>
    ${iconButton('left', t('back'), () => on.step(-1))}
    ${iconButton('right', t('step'), () => on.step(1))}
    <button type="button" class="wb-button" @click=${on.play}>
      ${iconView('run')}${t('play')}
    </button>
    <span class="wb-wire-hidden"
      >${waiting > 0 ? words('wire-panel.hidden', { count: waiting }) : nothing}</span
    >
    <button
      type="button"
      class="wb-button wb-wire-tools-button"
      aria-expanded=${toolsOpen}
      @click=${on.toggleTools}
    >
      ${t('tools')}
    </button>
  </div>`;
}

const iconButton = (name: IconName, text: string, act: () => void) =>
  html`<button
    type="button"
    class="wb-button wb-wire-small"
    aria-label=${text}
    title=${text}
    @click=${act}
  >
    ${iconView(name)}
  </button>`;

import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { iconView, type IconName } from '../ui/icons.ts';
import { html, live, nothing, type TemplateResult } from '../ui/view.ts';

export interface DockToolsModel {
  /** The panel in front; undefined if there is none. */
  front: { name: PanelName; label: string } | undefined;
  isLarge: boolean;
  /** There is room for a second dock, and another panel is left for the first. */
  canStandBeside: boolean;
  canLeave: boolean;
}
export interface DockActions {
  /** Into the second dock; undefined: back among the tabs. */
  beside(name: PanelName | undefined): void;
  large(isLarge: boolean): void;
  /** Into a window of its own. */
  leave(name: PanelName): void;
  /** Out of its window, back into the dock. */
  back(name: PanelName): void;
}

const tool = (icon: IconName, text: string, act: () => void, pressed?: boolean) =>
  html`<button
    type="button"
    class="wb-plain wb-dock-tool"
    aria-label=${text}
    title=${text}
    aria-pressed=${pressed ?? nothing}
    @click=${act}
  >
    ${iconView(icon)}
  </button>`;

/** At the end of the tabs: more room for the panel in front. */
export function dockTools(
  { front, isLarge, canStandBeside, canLeave }: DockToolsModel,
  on: DockActions,
  words: Words,
): TemplateResult {
  const panel = front?.label ?? '';
  return html`<div class="wb-dock-tools" role="group" aria-label=${words('docks.tools')}>
    ${
      front && canStandBeside
        ? tool('beside', words('docks.beside', { panel }), () => on.beside(front.name))
        : nothing
    }
    ${
      front && canLeave
        ? tool('window', words('docks.window', { panel }), () => on.leave(front.name))
        : nothing
    }
    ${tool('large', words('docks.large'), () => on.large(!isLarge), isLarge)}
  </div>`;
}

export interface SecondDockModel {
  name: PanelName;
  label: string;
  /** What can stand there. */
  options: readonly { name: PanelName; label: string }[];
  canLeave: boolean;
  body: TemplateResult;
}

/** One panel beside the tabs, with the choice of which. */
export function secondDock(
  { name, label, options, canLeave, body }: SecondDockModel,
  on: DockActions,
  words: Words,
): TemplateResult {
  const choose = (event: Event) =>
    on.beside((event.currentTarget as HTMLSelectElement).value as PanelName);
  return html`<section class="wb-second" role="group" aria-label=${words('docks.second')}>
    <div class="wb-panel-bar">
      <select class="wb-second-choice" aria-label=${words('docks.second.choose')} @change=${choose}>
        ${options.map(
          (one) =>
            html`<option value=${one.name} .selected=${live(one.name === name)}>
              ${one.label}
            </option>`,
        )}
      </select>
      <div class="wb-dock-tools">
        ${canLeave ? tool('window', words('docks.window', { panel: label }), () => on.leave(name)) : nothing}
        ${tool('close', words('docks.second.close', { panel: label }), () => on.beside(undefined))}
      </div>
    </div>
    ${body}
  </section>`;
}

/** In the place of a panel that is in a window of its own. */
export const awayView = (name: PanelName, on: DockActions, words: Words): TemplateResult =>
  html`<p class="wb-empty" role="status">
    ${words('docks.away')}
    <button type="button" class="wb-link" @click=${() => on.back(name)}>
      ${words('docks.back')}
    </button>
  </p>`;

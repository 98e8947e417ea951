import type { Words } from '../../i18n/words.ts';
import { guard, html, type TemplateResult } from '../../ui/view.ts';
import { type ControlActions, type ControlsModel, controlsView } from './controls.ts';
import type { HeldSentence } from './describe.ts';
import { heldView } from './held.ts';
import { type ToolActions, type ToolsModel, toolsView } from './tools.ts';

export interface WirePanelModel extends Omit<ControlsModel, 'toolsOpen'> {
  tools: ToolsModel;
  entriesLeftOut: number;
  held: readonly HeldSentence[];
  /** Elements that are drawn by themselves. */
  diagram: readonly HTMLElement[];
  detail: HTMLElement;
}

/** The wire panel: controls, tools, the diagram, and what is known of the row that is looked at. */
export function wirePanelView(
  { mode, waiting, tools, entriesLeftOut, held, diagram, detail }: WirePanelModel,
  on: ControlActions & ToolActions,
  words: Words,
): TemplateResult {
  // A replay draws each frame, and the tools have many options.
  const toolsPart = guard([tools.isOpen, tools.clients, tools.client], () =>
    toolsView(tools, on, words),
  );
  return html`
    ${controlsView({ mode, waiting, toolsOpen: tools.isOpen }, on, words)} ${toolsPart}
    <p class="wb-left-out" ?hidden=${entriesLeftOut === 0}>
      ${words('wire-panel.left-out', { count: entriesLeftOut })}
    </p>
    ${diagram} ${heldView(held, words)} ${detail}
  `;
}

import type { Words } from '../../i18n/words.ts';
import { iconView } from '../../ui/icons.ts';
import { guard, html, type TemplateResult } from '../../ui/view.ts';
import type { HeldSentence } from './describe.ts';
import { heldView } from './held.ts';
import { type ToolActions, type ToolsModel, toolsView } from './tools.ts';

export interface WirePanelModel {
  tools: ToolsModel;
  entriesLeftOut: number;
  held: readonly HeldSentence[];
  /** Elements that are drawn by themselves. */
  heads: HTMLElement;
  diagram: HTMLElement;
  detail: HTMLElement;
}

/** The wire panel: the heads with the tools' button, the diagram, and what is known of a row. */
export function wirePanelView(
  { tools, entriesLeftOut, held, heads, diagram, detail }: WirePanelModel,
  on: ToolActions,
  words: Words,
): TemplateResult {
  // A run draws each frame, and the tools have many options.
  const toolsPart = guard([tools.isOpen, tools.clients, tools.client], () =>
    toolsView(tools, on, words),
  );
  return html`
    <div class="wb-wire-top">
      ${heads}
      <button
        type="button"
        class="wb-button wb-wire-tools-button"
        aria-expanded=${tools.isOpen}
        aria-label=${words('wire-panel.tools')}
        title=${words('wire-panel.tools')}
        @click=${on.toggleTools}
      >
        ${iconView('options')}
      </button>
    </div>
    ${toolsPart}
    <p class="wb-left-out" ?hidden=${entriesLeftOut === 0}>
      ${words('wire-panel.left-out', { count: entriesLeftOut })}
    </p>
    ${diagram} ${heldView(held, words)} ${detail}
  `;
}

import type { Words } from '../../i18n/words.ts';
import type { KnownClient } from '../../trace/client-names.ts';
import { guard, html, nothing, type TemplateResult } from '../../ui/view.ts';
import { choicesView, clientOptions, toolView } from '../panel-tools.ts';
import type { MessageItem } from './message-items.ts';
import { messageText } from './message-text.ts';

export interface MessagesModel {
  clients: readonly KnownClient[];
  /** Name of the chosen one; '' for all. */
  client: string;
  /** What is not in the list, in a sentence; '' if all is. */
  leftOut: string;
  /** Shown instead of the list; undefined if there are rows. */
  empty: string | undefined;
  /** Elements that are drawn by themselves. */
  list: readonly HTMLElement[];
  selected: MessageItem | undefined;
}
export interface MessagesActions {
  choose(client: string): void;
  close(): void;
}

/** The messages panel: whose, the list, and the selected message in full. */
export function messagesView(
  { clients, client, leftOut, empty, list, selected }: MessagesModel,
  on: MessagesActions,
  words: Words,
): TemplateResult {
  const options = clientOptions(words('panels.client.all'), clients, client);
  const whose = guard([client, ...options.map(([name]) => name)], () =>
    choicesView(options, client, on.choose),
  );
  return html`
    <div class="wb-tools">
      ${toolView(words('panels.messages.whose'), whose)}
      <p class="wb-tools-say">${leftOut || nothing}</p>
    </div>
    <div class="wb-packets-view">
      <p class="wb-empty" ?hidden=${empty === undefined}>${empty}</p>
      ${list}
    </div>
    ${messageText(selected, on.close, words)}
  `;
}

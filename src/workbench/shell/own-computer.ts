import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import { createView, html, type TemplateResult } from '../ui/view.ts';

export interface OwnComputerOptions {
  host: string;
  topic: string;
  /** It was opened. */
  onOpen(): void;
}
interface OwnComputerActions {
  open(): void;
  /** @param shown the element with the command, to be selected if it cannot be copied */
  copy(command: string, shown: HTMLElement): void;
}

/** Shell commands that reach the same room. The address is shown nowhere else in the page. */
export function createOwnComputer(
  words: Words,
  model: Pick<Model, 'room' | 'roomPlace' | 'on'>,
  options: OwnComputerOptions,
): HTMLElement {
  /** The word on the button of a command. */
  const labels = new Map<string, string>();
  const on: OwnComputerActions = {
    open: options.onOpen,
    async copy(command, shown) {
      const isCopied = await writeClipboard(command, shown);
      labels.set(command, isCopied ? 'workbench.own.copied' : 'workbench.own.select');
      draw();
    },
  };
  const { element, draw } = createView(() =>
    ownComputerView(bodyView(model, options, labels, on, words), on, words),
  );
  model.on('room', () => {
    labels.clear();
    draw();
  });
  return element;
}

function ownComputerView(
  body: TemplateResult | string,
  on: OwnComputerActions,
  words: Words,
): TemplateResult {
  const toggle = ({ currentTarget }: Event) =>
    (currentTarget as HTMLDetailsElement).open && on.open();
  return html`<details class="wb-own" @toggle=${toggle}>
    <summary>${words('workbench.own')}</summary>
    <div class="wb-own-body">${body}</div>
  </details>`;
}

function bodyView(
  { room, roomPlace }: Pick<Model, 'room' | 'roomPlace'>,
  { host, topic }: OwnComputerOptions,
  labels: ReadonlyMap<string, string>,
  on: OwnComputerActions,
  words: Words,
): TemplateResult | string {
  if (roomPlace === 'browser') return words('workbench.own.in-browser');
  if (!room) return words('workbench.own.waiting');
  if (room.tcpPort === null) return words('workbench.own.no-port');
  const base = `-h ${host} -p ${room.tcpPort} -u ${room.address}`;
  const publish = `mosquitto_pub ${base} -t ${topic} -m "${words('workbench.own.message')}"`;
  return html`<p>${words('workbench.own.explain')}</p>
    ${commandView('workbench.own.publish', publish)}
    ${commandView('workbench.own.subscribe', `mosquitto_sub ${base} -t '#' -v`)}`;

  function commandView(title: string, command: string) {
    const copy = ({ currentTarget }: Event) =>
      on.copy(command, (currentTarget as HTMLElement).previousElementSibling as HTMLElement);
    return html`<h3>${words(title)}</h3>
      <div class="wb-command">
        <code tabindex="0">${command}</code>
        <button type="button" class="wb-button" @click=${copy}>
          ${words(labels.get(command) ?? 'workbench.own.copy')}
        </button>
      </div>`;
  }
}

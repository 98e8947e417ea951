import type { Words } from '../../i18n/words.ts';
import type { ConsoleLine } from '../../run/record.ts';
import { type ClientRole, readPacket } from '../../trace/clients.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { readable } from '../../trace/payload-preview.ts';
import { iconView } from '../../ui/icons.ts';
import { createView, html, nothing, type TemplateResult } from '../../ui/view.ts';
import type { OutputItem, Printed, Received } from './output-items.ts';

/** Characters of a printed text, and of a message, before somebody asks for all of it. */
const shownOfPrinted = 1_000;
const shownOfMessage = 300;
const shownRows = 60;
/** Characters, or bytes in hexadecimal, of a message that somebody asked for. */
const mostOfMessage = 4_000;
/** So few more are shown at once. */
const notWorthAsking = 100;

export interface RowDeps {
  words: Words;
  whose(item: OutputItem): { name: string; role: ClientRole };
  /** Shows the learner's own line of an error. */
  onGoTo(line: ConsoleLine): void;
}

/** One line of the output: when, who, and what it printed or received. */
export function createRow(item: OutputItem, deps: RowDeps) {
  let isWhole = false;
  const showAll = (): void => {
    isWhole = true;
    draw();
  };
  const { element, draw } = createView(() =>
    item.what === 'printed'
      ? printedView(item, { ...deps, isWhole, showAll })
      : receivedView(item, { ...deps, isWhole, showAll }),
  );
  return { element, draw };
}
interface RowContext extends RowDeps {
  isWhole: boolean;
  showAll(): void;
}

function printedView(item: Printed, context: RowContext): TemplateResult {
  const { words, onGoTo } = context;
  const { device, level, text, position } = item.line;
  const mark = level === 'error' || level === 'warn';
  return html`<div class="wb-said wb-console-line" data-level=${level}>
    ${headView(item, context)}
    <span class="wb-said-says">
      ${mark ? html`<span class="wb-mark">${words(`workbench.console.level.${level}`)}</span>` : nothing}
      <span class="wb-console-text">${partView(text, shownOfPrinted, context)}</span>
      ${
        position
          ? html`<button type="button" class="wb-link" @click=${() => onGoTo(item.line)}>
              ${words('workbench.console.line', { file: `${device}.ts`, line: position.line })}
            </button>`
          : nothing
      }
    </span>
  </div>`;
}

function receivedView(item: Received, context: RowContext): TemplateResult {
  const { words } = context;
  const packet = readPacket(item.entry);
  if (packet?.kind !== 'PUBLISH') return html`<div hidden></div>`;
  const { payload } = packet;
  const { text, form } = readable(payload, mostOfMessage);
  const marks = [
    form === 'hex' && words('workbench.output.hex', { count: payload.length.toLocaleString('en') }),
    packet.dup && words('workbench.packets.dup'),
    packet.qos > 0 && words('workbench.packets.qos', { qos: packet.qos }),
    packet.retain && words('workbench.packets.retained'),
    item.entry.fate !== 'passed' && words(`workbench.fate.${item.entry.fate}`),
  ].filter((mark) => mark !== false);
  const said =
    payload.length === 0
      ? words('workbench.payload.empty')
      : partView(text, shownOfMessage, context);
  return html`<div class="wb-said wb-message" data-n=${item.entry.n}>
    ${headView(item, context)}
    <span class="wb-said-says">
      <span class="wb-said-arrow">${iconView('down')}</span>
      <span class="wb-spoken">${words('workbench.output.receives')}</span>
      <span class="wb-topic">${item.topic ?? packet.topic}</span>
      <span class="wb-message-payload">${said}</span>
      ${marks.map((mark) => html`<span class="wb-mark">${mark}</span>`)}
    </span>
  </div>`;
}

function headView(item: OutputItem, { whose }: RowContext): TemplateResult {
  const { name, role } = whose(item);
  return html`<span class="wb-packet-time">${secondsOf(item.at)}</span>
    <span class="wb-said-who" data-role=${role} title=${name}>
      <span class="wb-shape"></span><span class="wb-said-name">${name}</span>
    </span>`;
}

/** Its beginning; all of it on demand, because a long text takes long to lay out. */
function partView(
  text: string,
  most: number,
  { isWhole, showAll, words }: RowContext,
): TemplateResult | string {
  const start = text.split('\n', shownRows).join('\n').slice(0, most);
  const left = text.length - start.length;
  if (isWhole || left < notWorthAsking) return text;
  const label = words('workbench.console.more', { count: left.toLocaleString('en') });
  return html`${start} <button type="button" class="wb-link" @click=${showAll}>${label}</button>`;
}

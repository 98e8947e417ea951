import type { ClientRole } from '../../trace/clients.ts';
import type { Words } from '../../i18n/words.ts';
import { iconView } from '../../ui/icons.ts';
import type { PacketRow } from '../../trace/packet-rows.ts';
import { listRow, type RowAttributes } from '../../ui/row-attributes.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';

export interface PacketRowModel {
  row: PacketRow;
  role: ClientRole;
  attributes: RowAttributes;
  isNew: boolean;
}

/** A packet of the trace in one line. */
export function packetRow(model: PacketRowModel, words: Words): TemplateResult {
  const { row, role, attributes, isNew } = model;
  const arrow =
    row.direction &&
    html` ${iconView(row.direction === 'to-broker' ? 'right' : 'left')}
      <span class="wb-shape wb-shape-broker"></span>
      <span class="wb-spoken">${words(`workbench.${row.direction}`)},</span>`;
  const which =
    row.broker &&
    html`<span class="wb-mark wb-packet-broker">${words('workbench.broker.cloud')}</span>`;
  return html`<div
    ${listRow(attributes)}
    class="wb-packet${isNew ? ' wb-packet-new' : ''}"
    data-tone=${row.tone}
    data-direction=${row.direction ?? nothing}
  >
    <span class="wb-packet-time">${row.seconds}</span>
    <span class="wb-packet-client" data-role=${role}>
      ${
        row.client === ''
          ? nothing
          : html`<span class="wb-shape"></span><span class="wb-packet-name">${row.client}</span
              ><span class="wb-spoken"
                >${spokenRole(row.client, words(`workbench.role.${role}`))}</span
              >`
      }
    </span>
    <span class="wb-packet-arrow">${arrow}</span>
    <span class="wb-packet-kind">${row.kind}</span>
    <span class="wb-packet-what">
      ${which ?? nothing} ${row.marks.map((mark) => html`<span class="wb-mark">${mark}</span>`)}
      ${row.topic === undefined ? nothing : html`<span class="wb-topic">${row.topic}</span>`}
      <span class="wb-packet-text">${row.text}</span>
    </span>
  </div>`;
}

/** The meaning of colour and shape, for screen readers; a client may be called as its role is. */
const spokenRole = (client: string, role: string) => (client === role ? ',' : `, ${role},`);

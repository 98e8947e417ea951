/** Heads of the diagram: the names over the columns, in sight while the rows scroll. */
import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { html, nothing, render, type TemplateResult } from '../../ui/view.ts';
import { type Column, columnName, type Columns } from '../../trace/columns.ts';
import type { Head } from './export-svg.ts';
import type { WireLayout } from './layout.ts';

export function headsOf(shown: readonly Column[], columns: Columns, words: Words): Head[] {
  const heads: Head[] = shown.map((column) => ({
    column: column.key,
    name: column.isBroker
      ? words('workbench.broker.cloud')
      : columnName(column, columns, words('workbench.client.outside', { line: column.line })),
    role: column.isBroker ? 'broker' : column.role,
  }));
  const left = shown.filter(({ side }) => side === 'left').length;
  const broker = columns.cloud ? words('workbench.broker.house') : words('wire-panel.broker.head');
  heads.splice(left, 0, { column: '', name: broker, role: 'broker' });
  return heads;
}

export function createHeads() {
  const strip = h('div', { class: 'wb-wire-heads-strip' });
  const element = h('div', { class: 'wb-wire-heads' }, strip);
  return {
    element,
    draw(heads: readonly Head[], layout: WireLayout, words: Words): void {
      strip.style.width = `${layout.width}px`;
      render(
        heads.map((head) => headView(head, layout, words)),
        strip,
      );
    },
    scrollTo(left: number): void {
      strip.style.transform = `translateX(${-left}px)`;
    },
  };
}

function headView({ column, name, role }: Head, layout: WireLayout, words: Words): TemplateResult {
  const x = column === '' ? layout.broker : (layout.x.get(column) ?? 0);
  const isBroker = role === 'broker';
  const spoken = () => html`<span class="wb-spoken">(${words(`workbench.role.${role}`)})</span>`;
  return html`<span
    class="wb-wire-head"
    data-role=${role}
    title=${name}
    .style=${`left:${x}px;max-width:${layout.spacing - 6}px`}
    ><span class="wb-shape ${isBroker ? 'wb-shape-broker' : ''}"></span
    ><span class="wb-wire-head-name">${name}</span>${isBroker ? nothing : spoken()}</span
  >`;
}

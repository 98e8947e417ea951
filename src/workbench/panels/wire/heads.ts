/** The names over the columns; they stay in sight while the rows scroll. */
import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { columnName, type Columns } from './columns.ts';
import type { Column } from './columns.ts';
import type { Head } from './export-svg.ts';
import type { Layout } from './layout.ts';

export function headsOf(shown: readonly Column[], columns: Columns, words: Words): Head[] {
  const heads: Head[] = shown.map((column) => ({
    column: column.key,
    name: columnName(column, columns, words('workbench.client.outside', { line: column.line })),
    role: column.role,
  }));
  const left = shown.filter(({ side }) => side === 'left').length;
  heads.splice(left, 0, { column: '', name: words('wire-panel.broker.head'), role: 'broker' });
  return heads;
}

export function createHeads() {
  const strip = h('div', { class: 'wb-wire-heads-strip' });
  const element = h('div', { class: 'wb-wire-heads' }, strip);
  return {
    element,
    draw(heads: readonly Head[], layout: Layout, words: Words): void {
      strip.style.width = `${layout.width}px`;
      strip.replaceChildren(
        ...heads.map(({ column, name, role }) => {
          const x = column === '' ? layout.broker : (layout.x.get(column) ?? 0);
          const head = h(
            'span',
            { class: 'wb-wire-head', 'data-role': role, title: name },
            h('span', { class: `wb-shape${role === 'broker' ? ' wb-shape-broker' : ''}` }),
            h('span', { class: 'wb-wire-head-name' }, name),
            role !== 'broker' &&
              h('span', { class: 'wb-spoken' }, `(${words(`workbench.role.${role}`)})`),
          );
          head.style.left = `${x}px`;
          head.style.maxWidth = `${layout.spacing - 6}px`;
          return head;
        }),
      );
    },
    scrollTo(left: number): void {
      strip.style.transform = `translateX(${-left}px)`;
    },
  };
}

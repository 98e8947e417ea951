import type { Field } from '../../../../sandbox/protocol/mqtt.ts';
import type { Words } from '../../i18n/words.ts';
import { h, newId } from '../../ui/dom.ts';
import { fieldName } from '../../trace/field-names.ts';
import { covers, fieldsAt, hexRows } from '../../ui/hex.ts';

/** Sixteen bytes are the habit; a phone has room for eight. */
const perRow = () => (matchMedia('(max-width: 40rem)').matches ? 8 : 16);

/** Bytes in hexadecimal and as characters. `onFields`: those of the byte at hand. */
export function createHexView(
  bytes: Uint8Array,
  fields: readonly Field[],
  words: Words,
  onFields: (indexes: number[]) => void,
  onEscape: () => void,
) {
  const id = newId('byte');
  const width = perRow();
  let at = -1;

  const label = (index: number, hex: string) => {
    const names = fieldsAt(fields, index).map((i) => fieldName(fields[i]!, words));
    return words('workbench.detail.byte', { index, hex, field: names.join(', ') });
  };
  const element = h(
    'div',
    {
      class: 'wb-hex',
      role: 'grid',
      tabindex: 0,
      'aria-label': words('workbench.detail.bytes-label'),
      onpointerover: (event: PointerEvent) => {
        const over = (event.target as Element).closest<HTMLElement>('[data-byte]');
        if (over) onFields(fieldsAt(fields, Number(over.dataset.byte)));
      },
      onpointerleave: () => onFields(at < 0 ? [] : fieldsAt(fields, at)),
      onclick: (event: MouseEvent) => {
        const over = (event.target as Element).closest<HTMLElement>('[data-byte]');
        if (over) point(Number(over.dataset.byte));
      },
      onkeydown: (event: KeyboardEvent) => {
        const to = {
          ArrowRight: at + 1,
          ArrowLeft: at - 1,
          ArrowDown: at < 0 ? 0 : at + width,
          ArrowUp: at - width,
          Home: 0,
          End: bytes.length - 1,
        }[event.key];
        if (event.key === 'Escape') onEscape();
        if (to === undefined) return;
        event.preventDefault();
        if (to >= 0 && to < bytes.length) point(to);
      },
    },
    ...hexRows(bytes, width).map(({ offset, bytes: row }) =>
      h(
        'div',
        { class: 'wb-hex-row', role: 'row' },
        h('span', { class: 'wb-hex-offset', 'aria-hidden': 'true' }, offset),
        h(
          'span',
          { class: 'wb-hex-bytes', role: 'presentation' },
          ...row.map(({ index, hex }) =>
            h(
              'span',
              {
                role: 'gridcell',
                id: `${id}-${index}`,
                'data-byte': index,
                'aria-label': label(index, hex),
              },
              hex,
            ),
          ),
        ),
        h(
          'span',
          { class: 'wb-hex-ascii', 'aria-hidden': 'true' },
          ...row.map(({ index, ascii }) => h('span', { 'data-byte': index }, ascii)),
        ),
      ),
    ),
  );
  element.style.setProperty('--wb-per-row', String(width));
  const cells = [...element.querySelectorAll<HTMLElement>('[data-byte]')];

  function point(index: number): void {
    at = index;
    element.setAttribute('aria-activedescendant', `${id}-${index}`);
    for (const cell of cells) cell.classList.toggle('wb-at', Number(cell.dataset.byte) === index);
    element.querySelector(`#${id}-${index}`)?.scrollIntoView({ block: 'nearest' });
    onFields(fieldsAt(fields, index));
  }
  function mark(marked: readonly Field[]): void {
    for (const cell of cells) {
      const index = Number(cell.dataset.byte);
      cell.classList.toggle(
        'wb-marked',
        marked.some((field) => covers(field, index)),
      );
    }
  }
  return { element, mark };
}

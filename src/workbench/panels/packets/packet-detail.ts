import { fieldsOf } from '../../../../sandbox/mqtt/fields.ts';
import type { Field } from '../../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry, RefusedEntry } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { h, newId } from '../../ui/dom.ts';
import { fieldName, fieldPlace, fieldValue } from '../../trace/field-names.ts';
import { createHexView } from './hex-view.ts';
import { icon } from '../../ui/icons.ts';

type Shown = PacketEntry | RefusedEntry;

/** More bytes than these are counted, not shown: an element for each is the browser's burden. */
const mostBytes = 1_024;

/** One packet with all its fields and bytes. The field at hand marks its bytes, and a byte its field. */
export function createPacketDetail(words: Words, onClose: () => void) {
  const element = h('div', { class: 'wb-detail', hidden: true, role: 'group' });
  element.setAttribute('aria-label', words('workbench.detail'));
  let shown: Shown | undefined;

  function show(entry: Shown | undefined): void {
    if (entry === shown) return;
    shown = entry;
    element.hidden = entry === undefined;
    element.replaceChildren();
    if (entry) element.append(...parts(entry, words, onClose));
  }
  return { element, show };
}

function parts(entry: Shown, words: Words, onClose: () => void): HTMLElement[] {
  const fields = readFields(entry);
  const bytes = entry.bytes.subarray(0, mostBytes);
  const id = newId('field');
  let at = -1;

  const items = fields.map((field, index) =>
    h(
      'div',
      {
        class: 'wb-field',
        role: 'option',
        id: `${id}-${index}`,
        'data-index': index,
        'aria-selected': 'false',
      },
      h('span', { class: 'wb-field-name' }, fieldName(field, words)),
      h('span', { class: 'wb-field-value' }, fieldValue(field, entry, words)),
      h('span', { class: 'wb-field-place' }, fieldPlace(field, words)),
    ),
  );
  const list = h(
    'div',
    {
      class: 'wb-fields',
      role: 'listbox',
      tabindex: 0,
      'aria-label': words('workbench.detail.fields'),
      onkeydown: (event: KeyboardEvent) => {
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[
          event.key
        ];
        if (event.key === 'Escape') onClose();
        if (to === undefined || items.length === 0) return;
        event.preventDefault();
        point(Math.max(0, Math.min(items.length - 1, to)));
        items[at]?.scrollIntoView({ block: 'nearest' });
      },
      onpointerover: (event: PointerEvent) => {
        const over = (event.target as Element).closest<HTMLElement>('[data-index]');
        if (over) mark([Number(over.dataset.index)]);
      },
      onpointerleave: () => mark(at < 0 ? [] : [at]),
      onclick: (event: MouseEvent) => {
        const over = (event.target as Element).closest<HTMLElement>('[data-index]');
        if (over) point(Number(over.dataset.index));
      },
    },
    ...items,
  );
  const hex = createHexView(
    bytes,
    fields,
    words,
    (found) => {
      mark(found);
      if (found[0] !== undefined) items[found[0]]?.scrollIntoView({ block: 'nearest' });
    },
    onClose,
  );

  function point(index: number): void {
    items[at]?.setAttribute('aria-selected', 'false');
    at = index;
    items[at]?.setAttribute('aria-selected', 'true');
    list.setAttribute('aria-activedescendant', `${id}-${at}`);
    mark([at]);
  }
  function mark(indexes: number[]): void {
    items.forEach((item, i) => item.classList.toggle('wb-marked', indexes.includes(i)));
    hex.mark(indexes.map((i) => fields[i]!));
  }

  const more = entry.bytes.length - bytes.length;
  return [
    h(
      'div',
      { class: 'wb-detail-head' },
      h('span', {}, words('workbench.detail.bytes', { count: entry.bytes.length })),
      h(
        'button',
        {
          type: 'button',
          class: 'wb-plain',
          'aria-label': words('workbench.detail.close'),
          onclick: onClose,
        },
        icon('close'),
      ),
    ),
    h(
      'div',
      { class: 'wb-detail-body' },
      h(
        'div',
        { class: 'wb-hex-box' },
        hex.element,
        more > 0 &&
          h('p', { class: 'wb-left-out' }, words('workbench.detail.left-out', { count: more })),
      ),
      items.length > 0 && list,
    ),
  ];
}

/** What the gate refused may be no packet at all: then there are bytes and no fields. */
function readFields(entry: Shown): Field[] {
  const direction = entry.type === 'packet' ? entry.direction : 'to-broker';
  try {
    return fieldsOf(entry.bytes, entry.version, direction);
  } catch {
    return [];
  }
}

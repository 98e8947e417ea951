import { fieldsOf } from '../../../../sandbox/mqtt/fields.ts';
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import type { Field } from '../../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry, RefusedEntry } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { fieldName, fieldPlace, fieldValue } from '../../trace/field-names.ts';
import { h, newId } from '../../ui/dom.ts';
import { fieldsAt, type HexRow, hexRows } from '../../ui/hex.ts';
import { html, keyed, nothing, render } from '../../ui/view.ts';
import { detailHead } from './detail-head.ts';
import { type FieldItem, fieldList } from './field-list.ts';
import { hexView } from './hex-view.ts';

type Shown = PacketEntry | RefusedEntry;

/** More bytes than these are counted, not shown: an element for each is the browser's burden. */
const mostBytes = 1_024;
/** Sixteen bytes a row are the habit; a phone, or a place beside the list, has room for eight. */
const perRow = (width: number) => (width > 0 && width < 640 ? 8 : 16);

/** One packet with all its fields and bytes. The field at hand marks its bytes, and a byte its field. */
export function createPacketDetail(words: Words, onClose: () => void) {
  const element = h('div', {
    ...{ class: 'wb-detail', hidden: true, role: 'group' },
    'aria-label': words('workbench.detail'),
  });
  const [fieldId, byteId] = [newId('field'), newId('byte')];
  let shown: Shown | undefined;
  let fields: Field[] = [];
  let items: FieldItem[] = [];
  let rows: HexRow[] = [];
  let width = perRow(0);
  /** Indexes of the field and the byte at hand; -1 if there is none. */
  let field = -1;
  let byte = -1;
  /** Indexes of fields. */
  let marked: readonly number[] = [];

  const onFields = {
    over: (index = field) => mark(index < 0 ? [] : [index]),
    point(index: number, scroll: boolean): void {
      field = index;
      mark([index]);
      if (scroll) scrollTo(`${fieldId}-${index}`);
    },
    escape: onClose,
  };
  const onBytes = {
    over: (index = byte) => markOfByte(index),
    point(index: number): void {
      byte = index;
      markOfByte(index);
      scrollTo(`${byteId}-${index}`);
    },
    escape: onClose,
  };
  function mark(indexes: readonly number[]): void {
    marked = indexes;
    draw();
  }
  function markOfByte(index: number): void {
    mark(index < 0 ? [] : fieldsAt(fields, index));
    if (marked[0] !== undefined) scrollTo(`${fieldId}-${marked[0]}`);
  }
  const scrollTo = (id: string) =>
    element.querySelector(`#${id}`)?.scrollIntoView({ block: 'nearest' });

  function draw(): void {
    element.hidden = shown === undefined;
    render(shown ? keyed(shown, detailView(shown)) : nothing, element);
  }
  function detailView({ type, bytes: all }: Shown) {
    const more = all.length - mostBytes;
    // What the gate refused may be no packet at all.
    const kind = type === 'packet' ? kindOf(all[0] ?? 0) : null;
    const bytes = words('workbench.detail.bytes', { count: all.length });
    const title = html`<span>${kind ? html`<b>${kind}</b> · ` : nothing}${bytes}</span>`;
    const hex = {
      ...{ id: byteId, rows, perRow: width, fields, at: byte },
      marked: marked.map((index) => fields[index]!),
    };
    const list = { id: fieldId, items, at: field, marked };
    const leftOut = () =>
      html`<p class="wb-left-out">${words('workbench.detail.left-out', { count: more })}</p>`;
    return html`${detailHead(title, onClose, words)}
      <div class="wb-detail-body">
        <div class="wb-hex-box">
          ${hexView(hex, onBytes, words)} ${more > 0 ? leftOut() : nothing}
        </div>
        ${items.length > 0 ? fieldList(list, onFields, words) : nothing}
      </div>`;
  }

  return {
    element,
    show(entry: Shown | undefined): void {
      if (entry === shown) return;
      shown = entry;
      fields = entry ? readFields(entry) : [];
      items = fields.map((each) => ({
        name: fieldName(each, words),
        value: entry ? fieldValue(each, entry, words) : '',
        place: fieldPlace(each, words),
      }));
      element.hidden = entry === undefined;
      width = perRow(element.clientWidth);
      rows = entry ? hexRows(entry.bytes.subarray(0, mostBytes), width) : [];
      field = -1;
      byte = -1;
      marked = [];
      draw();
    },
  };
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

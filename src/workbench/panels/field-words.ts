import { fieldKey } from '../../../sandbox/fields.ts';
import type { Field, PacketEntry, RefusedEntry } from '../../../sandbox/protocol.ts';
import type { Words } from '../words.ts';
import { readable } from './payload.ts';

/** A field's name; a will's fields say that they are the will's. */
export function fieldName(field: Field, words: Words): string {
  const name = words(fieldKey(field.name));
  return field.name.startsWith('will.') ? words('workbench.detail.will', { field: name }) : name;
}

export function fieldValue(field: Field, _entry: PacketEntry | RefusedEntry, words: Words): string {
  const { value } = field;
  if (typeof value === 'boolean') return words(`workbench.detail.${value ? 'yes' : 'no'}`);
  if (value instanceof Uint8Array) {
    if (value.length === 0) return words('workbench.payload.empty');
    const { text, cut } = readable(value);
    return text + (cut ? '…' : '');
  }
  return String(value);
}

export function fieldPlace({ start, end, bits }: Field, words: Words): string {
  if (bits) {
    const [high, low] = bits;
    return words(high === low ? 'workbench.detail.bit' : 'workbench.detail.bits', {
      start,
      high,
      low,
    });
  }
  if (end <= start) return words('workbench.detail.range.none');
  if (end - start === 1) return words('workbench.detail.range.one', { start });
  return words('workbench.detail.range.many', { start, end: end - 1 });
}

import { fieldKey } from '../../../sandbox/mqtt/fields.ts';
import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import type { Field, MqttVersion, PacketKind } from '../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry, RefusedEntry } from '../../../sandbox/protocol/trace.ts';
import { reasonKey } from '../../../sandbox/mqtt/reason-codes.ts';
import type { Words } from '../i18n/words.ts';
import { readable } from './payload-preview.ts';

/** A field's name; a will's fields are marked as the will's. */
export function fieldName(field: Field, words: Words): string {
  const name = words(fieldKey(field.name));
  return field.name.startsWith('will.') ? words('workbench.detail.will', { field: name }) : name;
}

export function fieldValue(field: Field, entry: PacketEntry | RefusedEntry, words: Words): string {
  const { value } = field;
  const kind = kindOf(entry.bytes[0] ?? 0);
  if (field.name === 'packetType' && kind) return `${String(value)} (${kind})`;
  if (codes.has(field.name) && typeof value === 'number') {
    if (kind) return reasonOf(kind, entry.version, value, words);
  }
  if (typeof value === 'boolean') return words(`workbench.detail.${value ? 'yes' : 'no'}`);
  if (value instanceof Uint8Array) {
    if (value.length === 0) return words('workbench.payload.empty');
    const { text, cut } = readable(value);
    return text + (cut ? '…' : '');
  }
  return value === '' ? words('workbench.detail.empty') : String(value);
}

const codes = new Set(['reasonCode', 'returnCode']);

/** A return or reason code with its name; the bare number if it has no name. */
export function reasonOf(
  kind: PacketKind,
  version: MqttVersion,
  code: number,
  words: Words,
): string {
  const key = reasonKey(kind, version, code);
  const name = words(key);
  return name === key ? `0x${code.toString(16).padStart(2, '0')}` : name;
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

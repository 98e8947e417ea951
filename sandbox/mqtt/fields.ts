/**
 * Every field of a frame with its bytes or bits. The fields cover each byte of the frame exactly
 * once, in order. The rest of a malformed frame is one field, `unreadable`.
 */
import { readPacket } from './packet.ts';
import type { Direction, Field, MqttVersion } from '../protocol/mqtt.ts';
import { Reader } from './reader.ts';

export function fieldsOf(frame: Uint8Array, version: MqttVersion, direction: Direction): Field[] {
  const fields: Field[] = [];
  readPacket(new Reader(frame, version, true, fields), direction);
  const end = fields.at(-1)?.end ?? 0;
  if (end < frame.length) {
    const value = frame.subarray(end);
    fields.push({ name: 'unreadable', start: end, end: frame.length, value });
  }
  return fields;
}

/**
 * Key of the language files for a field's label. A length before a string and a property's
 * identifier have one label each in every packet; a will's property is labelled as any.
 */
export function fieldKey(name: string): string {
  if (name.endsWith('.length')) return 'field.length';
  const own = name.startsWith('will.') ? name.slice(5) : name;
  if (own === 'property.userProperties.name') return 'field.userPropertyName';
  if (own === 'property.userProperties.value') return 'field.userPropertyValue';
  return own.startsWith('property.') ? own : `field.${own}`;
}

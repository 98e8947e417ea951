/** The trace as JSON that other programs can read, as a .pcap would be. Pure. */
import { fieldsOf } from '../../../../sandbox/mqtt/fields.ts';
import type { Field } from '../../../../sandbox/protocol/mqtt.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import type { WireRow } from './wire-rows.ts';

export interface ExportedField {
  name: string;
  /** Byte range in the packet, end exclusive. */
  start: number;
  end: number;
  bits?: readonly [number, number];
  /** Binary values are hexadecimal. */
  value: string | number | boolean;
}
export interface ExportedEntry {
  n: number;
  type: TraceEntry['type'];
  /** Milliseconds since the room was last reset. */
  timeMs: number;
  line?: number;
  client?: string;
  direction?: 'to-broker' | 'to-client';
  /** Protocol level: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0. */
  version?: number;
  kind?: string;
  fate?: string;
  fault?: string;
  /** The whole packet in hexadecimal. */
  bytes?: string;
  fields?: ExportedField[];
  [more: string]: unknown;
}
export interface ExportedTrace {
  format: 'retained-trace';
  formatVersion: 1;
  entries: ExportedEntry[];
}

/** `nameOf` tells whose line it is. */
export function exportedTrace(
  rows: readonly WireRow[],
  nameOf: (line: number) => string,
): ExportedTrace {
  return {
    format: 'retained-trace',
    formatVersion: 1,
    entries: rows.map((row) => exported(row, nameOf)),
  };
}

function exported({ entry, fault }: WireRow, nameOf: (line: number) => string): ExportedEntry {
  const { n, type, at, ...rest } = entry;
  const line = 'line' in entry ? entry.line : undefined;
  const base: ExportedEntry = {
    n,
    type,
    timeMs: Math.round(at * 1000) / 1000,
    ...(line !== undefined && { line, client: nameOf(line) }),
  };
  if (!('bytes' in entry)) return { ...(rest as Record<string, unknown>), ...base };
  const direction = entry.type === 'packet' ? entry.direction : 'to-broker';
  return {
    ...(rest as Record<string, unknown>),
    ...base,
    direction,
    kind: kindOf(entry.bytes[0] ?? 0) ?? 'reserved',
    ...(fault && { fault }),
    bytes: hexOf(entry.bytes),
    fields: fieldsOf(entry.bytes, entry.version, direction).map(exportedField),
  };
}

function exportedField({ value, ...field }: Field): ExportedField {
  return { ...field, value: value instanceof Uint8Array ? hexOf(value) : value };
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

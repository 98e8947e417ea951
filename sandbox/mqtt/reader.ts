/**
 * Reads a frame's fields in order. The first broken rule is kept in `failed`; the reader then moves
 * to its end and returns zeros. Nothing throws: callers check `failed` once, at the end. With
 * `fields` it also notes the position of each field; names are those of `fields.ts`.
 */
import type { Field, MqttVersion } from '../protocol/mqtt.ts';
import { violation, type RuleId, type Violation } from './rules/index.ts';
import { varintLength, varintSize, varintValue } from './varint.ts';
import { asciiText, characterFault, decodeUtf8 } from './utf8.ts';

const NOTHING = new Uint8Array(0);

export class Reader {
  readonly bytes: Uint8Array;
  readonly fields: Field[] | null;
  version: MqttVersion;
  /** Accepts what a receiver MAY refuse: the frame has passed the gate. */
  readonly lenient: boolean;
  at = 0;
  /** The end of the packet, or of the property section that is being read. */
  end: number;
  failed: Violation | null = null;

  constructor(
    bytes: Uint8Array,
    version: MqttVersion,
    lenient: boolean,
    fields: Field[] | null = null,
  ) {
    this.bytes = bytes;
    this.version = version;
    this.lenient = lenient;
    this.fields = fields;
    this.end = bytes.length;
  }

  get left(): number {
    return this.end - this.at;
  }

  fail(rule: RuleId): void {
    this.failed ??= violation(rule, this.version);
    this.at = this.end;
  }

  /** Notes a field that ends at the reader's position. */
  mark(name: string, start: number, value: Field['value']): void {
    this.fields?.push({ name, start, end: this.at, value });
  }

  /** Notes some bits of the byte at `at`. */
  markBits(name: string, at: number, high: number, low: number, flag = false): void {
    if (this.fields === null) return;
    const value = ((this.bytes[at] as number) >> low) & ((1 << (high - low + 1)) - 1);
    this.fields.push({
      name,
      start: at,
      end: at + 1,
      bits: [high, low],
      value: flag ? value === 1 : value,
    });
  }

  /** One byte, marked unless `name` is null (then the caller marks its bits). */
  byte(name: string | null): number {
    if (this.left < 1) return this.short();
    const value = this.bytes[this.at++] as number;
    if (name !== null) this.mark(name, this.at - 1, value);
    return value;
  }

  uint16(name: string | null): number {
    if (this.left < 2) return this.short();
    const value = ((this.bytes[this.at] as number) << 8) | (this.bytes[this.at + 1] as number);
    this.at += 2;
    if (name !== null) this.mark(name, this.at - 2, value);
    return value;
  }

  uint32(name: string): number {
    if (this.left < 4) return this.short();
    const { bytes, at } = this;
    const value =
      (bytes[at] as number) * 0x1000000 +
      (((bytes[at + 1] as number) << 16) |
        ((bytes[at + 2] as number) << 8) |
        (bytes[at + 3] as number));
    this.at += 4;
    this.mark(name, at, value);
    return value;
  }

  /** Variable byte integer (5.0 section 1.5.5; the remaining length of every version). */
  varint(name: string): number {
    const { at } = this;
    const length = varintLength(this.bytes, at, this.end);
    if (length === 0) return this.short();
    if (length < 0) {
      this.fail('remaining-length');
      return 0;
    }
    this.at += length;
    const value = varintValue(this.bytes, at, length);
    // 5.0 [MQTT-1.5.5-1]; 3.1.1 does not require it
    if (length > varintSize(value) && this.version === 5) this.fail('length-not-minimal');
    else this.mark(name, at, value);
    return value;
  }

  binary(name: string): Uint8Array {
    const length = this.uint16(`${name}.length`);
    return this.take(name, length);
  }

  /** All that is left. */
  rest(name: string): Uint8Array {
    return this.take(name, this.left);
  }

  /** Marked unless `name` is null. */
  text(name: string | null): string {
    const length = this.uint16(name === null ? null : `${name}.length`);
    if (length > this.left) {
      this.short();
      return '';
    }
    const start = this.at;
    const text = this.decode(start, start + length);
    if (text === null) return '';
    this.at = start + length;
    if (length > 0 && name !== null) this.mark(name, start, text);
    return text;
  }

  private decode(start: number, end: number): string | null {
    const plain = asciiText(this.bytes, start, end);
    if (plain !== null) return plain;
    const text = decodeUtf8(this.bytes.subarray(start, end));
    const fault = text === null ? 'utf8' : characterFault(text);
    if (fault === null || (fault === 'utf8-control' && this.lenient)) return text;
    this.fail(fault);
    return null;
  }

  private take(name: string, length: number): Uint8Array {
    if (length > this.left) {
      this.short();
      return NOTHING;
    }
    const start = this.at;
    this.at += length;
    const value = this.bytes.subarray(start, this.at);
    if (length > 0) this.mark(name, start, value);
    return value;
  }

  private short(): 0 {
    this.fail('truncated');
    return 0;
  }
}

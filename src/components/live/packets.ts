/** The three packets that the home page's client sends: MQTT 3.1.1, all of it that one message needs. */
import { encodeVarint } from '../../../sandbox/mqtt/varint.ts';

const utf8 = new TextEncoder();

/** Section 1.5.3: two bytes of length, then the text. */
function text(value: string): number[] {
  const bytes = utf8.encode(value);
  return [bytes.length >> 8, bytes.length & 0xff, ...bytes];
}
/** Fixed header and the rest. */
const packet = (first: number, rest: readonly number[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array([first, ...encodeVarint(rest.length), ...rest]);

/** Section 3.1: protocol name, level 4, Clean Session, keep alive of a minute, the client's name. */
export const connect = (clientId: string) =>
  packet(0x10, [...text('MQTT'), 4, 0b10, 0, 60, ...text(clientId)]);
/** Section 3.3, at QoS 0: the topic, and the payload up to the packet's end. */
export const publish = (topic: string, payload: string) =>
  packet(0x30, [...text(topic), ...utf8.encode(payload)]);
/** Section 3.14. */
export const disconnect = () => packet(0xe0, []);

/** CONNACK with return code 0 (section 3.2.2.3) at the start of the broker's bytes. */
export const accepted = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0x20 && bytes[3] === 0;

/**
 * The CONNECT of a TCP or TLS client, with the room's address taken out of its user name: what the
 * room sees is its own user, and no trace ever shows a key.
 */
import type { MqttVersion } from '../../protocol/mqtt.ts';
import { encodeVarint, headerLength, varintLength, varintValue } from '../../mqtt/varint.ts';

const hasPassword = 0x40;
const hasUserName = 0x80;
const hasWill = 0x04;

/**
 * The same CONNECT with another user name, or with none and then without a password too:
 * 3.1.1 [MQTT-3.1.2-22] forbids a password alone.
 * @param frame a CONNECT that the strict parser has accepted, with a user name
 */
export function withUserName(
  frame: Uint8Array,
  version: MqttVersion,
  userName: string | undefined,
): Uint8Array {
  const skipText = (at: number): number => at + 2 + ((frame[at]! << 8) | frame[at + 1]!);
  const skipProperties = (at: number): number => {
    if (version < 5) return at;
    const length = varintLength(frame, at);
    return at + length + varintValue(frame, at, length);
  };
  const body = headerLength(frame);
  const flagsAt = skipText(body) + 1;
  const flags = frame[flagsAt]!;
  let userAt = skipText(skipProperties(flagsAt + 3));
  if (flags & hasWill) userAt = skipText(skipText(skipProperties(userAt)));
  const userEnd = skipText(userAt);

  const user = userName === undefined ? new Uint8Array() : new TextEncoder().encode(userName);
  const userField = userName === undefined ? [] : [user.length >> 8, user.length & 0xff, ...user];
  const tail = userName === undefined ? new Uint8Array() : frame.subarray(userEnd);
  const length = userAt - body + userField.length + tail.length;
  const head = [frame[0]!, ...encodeVarint(length)];
  const result = new Uint8Array(head.length + length);
  result.set(head);
  result.set(frame.subarray(body, userAt), head.length);
  result.set(userField, head.length + userAt - body);
  result.set(tail, result.length - tail.length);
  if (userName === undefined)
    result[head.length + flagsAt - body] = flags & ~(hasUserName | hasPassword);
  return result;
}

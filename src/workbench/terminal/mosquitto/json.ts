/** `-F %j` and `%J` (`json_print`, client/sub_client_output.c 2.0.11, with cJSON as Debian builds it). */
import type { ClientFacts } from './changes.ts';
import { strftime } from './strftime.ts';
import type { ReceivedMessage } from './received-message.ts';

/**
 * Bytes as a string of the same length, and back: cJSON passes on every byte above 0x1f as it is,
 * valid UTF-8 or not.
 */
const bytesAsText = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};
const textAsBytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const encoder = new TextEncoder();
const utf8 = (text: string): string => bytesAsText(encoder.encode(text));
/** A C string ends at its first NUL. */
const cString = (text: string): string => text.split('\0', 1)[0]!;

/** Undefined if `%J` finds no JSON in the payload. */
export function messageJson(
  message: ReceivedMessage,
  {
    escaped,
    pretty,
    now,
    facts,
  }: { escaped: boolean; pretty: boolean; now: Date; facts: ClientFacts },
): Uint8Array | undefined {
  const { topic, qos, retain, payload, mid } = message;
  const micros = String(now.getMilliseconds() * 1000).padStart(6, '0');
  const stamp = `${strftime('F', now)}T${strftime('T', now)}.${micros}${facts.zoneMark}${strftime('z', now)}`;
  const root: [string, unknown][] = [
    ['tst', stamp],
    ['topic', utf8(topic)],
    ['qos', qos],
    ['retain', facts.retainIsBoolean ? retain : retain ? 1 : 0],
    ['payloadlen', payload.length],
  ];
  if (qos > 0) root.push(['mid', mid]);
  const properties = propertiesOf(message);
  if (properties) root.push(['properties', properties]);
  if (payload.length === 0) root.push(['payload', null]);
  else if (escaped) root.push(['payload', cString(bytesAsText(payload))]);
  else {
    try {
      root.push(['payload', JSON.parse(bytesAsText(payload)) as unknown]);
    } catch {
      return undefined;
    }
  }
  return textAsBytes(print(new Map(root), pretty, 0));
}

function propertiesOf({ properties }: ReceivedMessage): Map<string, unknown> | undefined {
  const own = new Map<string, unknown>();
  const { correlationData, userProperties } = properties;
  const plain = [
    ['payload-format-indicator', properties.payloadFormatIndicator],
    ['message-expiry-interval', properties.messageExpiryInterval],
    ['content-type', properties.contentType && utf8(properties.contentType)],
    ['response-topic', properties.responseTopic && utf8(properties.responseTopic)],
    ['correlation-data', correlationData && cString(bytesAsText(correlationData))],
    ['subscription-identifier', properties.subscriptionIdentifier],
    // Read there as another property's: always 0.
    ['topic-alias', properties.topicAlias === undefined ? undefined : 0],
  ] as const;
  for (const [name, value] of plain) if (value !== undefined) own.set(name, value);
  if (userProperties) {
    own.set(
      'user-properties',
      new Map(userProperties.map(([name, value]) => [utf8(name), utf8(value)])),
    );
  }
  return own.size > 0 ? own : undefined;
}

/** cJSON_Print: a tab a level; an array stays on its line. */
function print(value: unknown, pretty: boolean, depth: number): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => print(item, pretty, depth + 1)).join(pretty ? ', ' : ',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries =
    value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
  const members = entries.map(([name, item]) => `${JSON.stringify(name)}:${pretty ? '\t' : ''}${print(item, pretty, depth + 1)}`); // prettier-ignore
  if (!pretty) return `{${members.join(',')}}`;
  const indent = '\t'.repeat(depth + 1);
  if (members.length === 0) return `{\n${'\t'.repeat(depth)}}`;
  return `{\n${members.map((member) => indent + member).join(',\n')}\n${'\t'.repeat(depth)}}`;
}

/** `-F %j` and `%J` (`json_print`, client/sub_client_output.c 2.0.11, with cJSON as Debian builds it). */
import { JsonObject, parseJson, printJson, type Json } from './cjson.ts';
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
  const root: [string, Json][] = [
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
    const value = parseJson(bytesAsText(payload));
    if (value === undefined) return undefined;
    root.push(['payload', value]);
  }
  return textAsBytes(printJson(new JsonObject(root), pretty, facts.minusZero));
}

function propertiesOf({ properties }: ReceivedMessage): JsonObject | undefined {
  const own: [string, Json][] = [];
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
  for (const [name, value] of plain) if (value !== undefined) own.push([name, value]);
  if (userProperties) {
    const pairs: [string, Json][] = userProperties.map(([name, value]) => [
      utf8(name),
      utf8(value),
    ]);
    own.push(['user-properties', new JsonObject(pairs)]);
  }
  return own.length > 0 ? new JsonObject(own) : undefined;
}

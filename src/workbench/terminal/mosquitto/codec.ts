/** The properties of a command line as mqtt-packet writes them, and those of a message as it reads them. */
import { Buffer } from 'buffer';
import type { UserProperties } from 'mqtt-packet';
import type { ReceivedProperties } from './received-message.ts';
import type { PropertyList } from './properties.ts';

type Written = Record<string, unknown>;

const camel = (name: string): string =>
  name === 'maximum-qos'
    ? 'maximumQoS'
    : name.replace(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());

/** Undefined if there are none. */
export function writtenProperties(list: PropertyList): Written | undefined {
  if (list.length === 0) return undefined;
  const written: Written = {};
  const own: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const { name, value } of list) {
    if (Array.isArray(value)) (own[value[0]] ??= []).push(value[1]);
    else if (/^(?:correlation|authentication)-data$/.test(name))
      written[camel(name)] = Buffer.from(String(value));
    else if (/^(?:payload-format-indicator|request-.*)$/.test(name))
      written[camel(name)] = value === 1;
    else written[camel(name)] = value;
  }
  if (Object.keys(own).length > 0) written['userProperties'] = own;
  return written;
}

export function readProperties(given: Written | undefined): ReceivedProperties {
  const read: ReceivedProperties = {};
  if (!given) return read;
  const { payloadFormatIndicator, subscriptionIdentifier, correlationData, userProperties } = given;
  for (const name of ['messageExpiryInterval', 'topicAlias'] as const) {
    const value = given[name];
    if (typeof value === 'number') read[name] = value;
  }
  for (const name of ['contentType', 'responseTopic'] as const) {
    const value = given[name];
    if (typeof value === 'string') read[name] = value;
  }
  if (payloadFormatIndicator !== undefined)
    read.payloadFormatIndicator = Number(payloadFormatIndicator);
  if (correlationData instanceof Uint8Array) read.correlationData = correlationData;
  const [first] = [subscriptionIdentifier].flat() as unknown[];
  if (typeof first === 'number') read.subscriptionIdentifier = first;
  if (userProperties) {
    read.userProperties = Object.entries(userProperties as UserProperties).flatMap(
      ([name, values]) => [values].flat().map((value): [string, string] => [name, value]),
    );
  }
  return read;
}

/** An application message on its way from the client that published it to those that subscribe. */
import { Buffer } from 'buffer';
import {
  encodeProperties,
  encodeText,
  forwarded,
  type MessageProperties,
} from './message-properties.ts';
import type { Properties, QoS } from '../../protocol/mqtt.ts';
import type { SavedMessage } from '../saved-state.ts';

export type { MessageProperties } from './message-properties.ts';

export interface Message {
  topic: string;
  payload: Uint8Array;
  /** As published. */
  qos: QoS;
  retain: boolean;
  /** Absent: none, or they are only kept as they were written, in `parts`. */
  properties?: MessageProperties;
  /** Date.now() at which it expires; absent: never. */
  expiresAt?: number;
  /** Client id; absent: the room itself. */
  publisher?: string;
  /** Frames that were already written for it (`publish-frame.ts`). */
  parts?: FrameParts;
  /** Its number in the broker's file, once it was saved. */
  savedId?: number;
  /** How many sessions keep it (`stored-bytes.ts`). */
  holders?: number;
}

/** The message of a PUBLISH packet or a will. */
export function messageFrom(
  source: Pick<Message, 'payload' | 'qos' | 'retain'> & { properties?: Properties },
  topic: string,
  publisher: string,
): Message {
  const { payload, qos, retain, properties } = source;
  const message: Message = { topic, payload, qos, retain, publisher };
  if (!properties) return message;
  const seconds = properties.messageExpiryInterval;
  if (seconds) message.expiresAt = Date.now() + seconds * 1000;
  message.properties = forwarded(properties);
  return message;
}

/** The parts of a message's frames that are the same for every subscriber. */
export interface FrameParts {
  topic: Buffer;
  properties?: Buffer;
  /** The last whole frame at QoS 0, and its parameters. */
  frame?: Buffer;
  key?: number;
}

/** A message of the broker's file as a message of this broker: one object for all that keep it. */
export type Read = (saved: SavedMessage) => Message;

/** One message for one session: the granted QoS and the other values of the PUBLISH. */
export interface Delivery {
  message: Message;
  qos: QoS;
  retain: boolean;
  /** Subscription identifiers; empty if there is none. */
  identifiers: number[];
  /** Set if it came by a shared subscription: `$share/group/filter`. */
  shared?: string;
}

export function hasExpired(message: Message, now = Date.now()): boolean {
  return message.expiresAt !== undefined && message.expiresAt <= now;
}

/** Written once for all subscribers. */
export function partsOf(message: Message): FrameParts {
  return (message.parts ??= { topic: encodeText(message.topic) });
}

/** As they stand in a PUBLISH, without their length. */
export function propertiesOf(message: Message): Buffer {
  const { properties, parts } = message;
  if (!properties) return parts?.properties ?? none;
  return (partsOf(message).properties ??= encodeProperties(properties));
}

const none = Buffer.alloc(0);

/**
 * Copies the bytes of a message that is kept. A message from a socket is a view into a chunk of up
 * to 64 KB, and would keep all of it in memory; properties as objects take many times their bytes.
 */
export function keepApart(message: Message): void {
  if (message.payload.buffer.byteLength > message.payload.length) {
    message.payload = new Uint8Array(message.payload);
  }
  if (!message.properties) return;
  propertiesOf(message);
  delete message.properties;
}

/** The bytes of a message that count towards limits: its topic, its payload and its properties. */
export function sizeOf(message: Message): number {
  const properties = propertiesOf(message).length;
  return Buffer.byteLength(message.topic) + message.payload.length + properties;
}

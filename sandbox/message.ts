/** An application message on its way from the client that published it to those that subscribe. */
import type { QoS } from './protocol.ts';

/** The properties of a PUBLISH that go with the message (MQTT 5.0, section 3.3.2.3). */
export interface MessageProperties {
  payloadFormatIndicator?: boolean;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Uint8Array;
  /** In the order in which they came ([MQTT-3.3.2-18]). */
  userProperties?: [name: string, value: string][];
}

export interface Message {
  topic: string;
  payload: Uint8Array;
  /** As published. */
  qos: QoS;
  retain: boolean;
  properties?: MessageProperties;
  /** Date.now() at which it expires; absent: never. */
  expiresAt?: number;
  /** Client id; absent: the room itself. */
  publisher?: string;
  /** What has been written of it already (`publish-frame.ts`). */
  parts?: FrameParts;
}

/** The parts of a message's frames that are the same for every subscriber. */
export interface FrameParts {
  topic: Buffer;
  properties?: Buffer;
  /** The last whole frame at QoS 0, and what it was written for. */
  frame?: Buffer;
  key?: number;
}

/** One message for one session: what is granted, and what else the PUBLISH must say. */
export interface Delivery {
  message: Message;
  qos: QoS;
  retain: boolean;
  /** Subscription identifiers, empty where there is none. */
  identifiers: number[];
  /** Set where it came by a shared subscription: `$share/group/filter`. */
  shared?: string;
}

export function hasExpired(message: Message, now = Date.now()): boolean {
  return message.expiresAt !== undefined && message.expiresAt <= now;
}

/**
 * For a message that is kept: bytes of its own. What comes from a socket is a view into a chunk of up
 * to 64 KB, and would hold all of it.
 */
export function keepApart(message: Message): void {
  if (message.payload.buffer.byteLength > message.payload.length) {
    message.payload = new Uint8Array(message.payload);
  }
  const data = message.properties?.correlationData;
  if (data && data.buffer.byteLength > data.length) {
    message.properties!.correlationData = new Uint8Array(data);
  }
}

/** What a message counts for against limits of bytes. */
export function sizeOf(message: Message): number {
  return message.topic.length + message.payload.length;
}

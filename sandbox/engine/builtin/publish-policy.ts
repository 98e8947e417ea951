/**
 * Decides whether a client may publish a message, and the reason code of PUBACK or PUBREC. Pure
 * except for its callbacks.
 */

export interface PublishFacts {
  topic: string;
  payloadBytes: number;
  qos: number;
  retain: boolean;
}

export interface PublishPolicy {
  maxQoS: number;
  /** Bytes of a payload; 0: any. */
  messageSizeLimit: number;
  retainAvailable: boolean;
  mayPublish(topic: string): boolean;
  /** The limit that retaining it would exceed. Called only if RETAIN is set. */
  retainedLimit(): 'retainedTopics' | 'retainedBytes' | null;
  hasSubscribers(topic: string): boolean;
}

export type PublishVerdict =
  /** `code` 0x00, or 0x10: no matching subscribers. */
  | { do: 'publish'; code: 0x00 | 0x10 }
  /** Acknowledged with `code` if the version has codes, and dropped. */
  | { do: 'drop'; code: 0x87 }
  /** Too large: 3.1.1 acknowledges and drops it; 5.0 ends the connection, but not for QoS 0. */
  | { do: 'too-large'; code: 0x95 }
  /** The connection ends; a 5.0 client receives the code in DISCONNECT. */
  | { do: 'disconnect'; code: 0x9a | 0x9b }
  | { do: 'limit'; code: 0x97; limit: 'retainedTopics' | 'retainedBytes' };

const bridgeState = /^\$SYS\/broker\/connection\/[^/]*\/state$/;

export function judgePublish(publish: PublishFacts, rules: PublishPolicy): PublishVerdict {
  const { topic, qos, retain, payloadBytes } = publish;
  // [MQTT-3.2.2-11] and section 3.2.2.3.4: above the values in CONNACK.
  if (qos > rules.maxQoS) return { do: 'disconnect', code: 0x9b };
  // [MQTT-3.2.2-14]
  if (retain && !rules.retainAvailable) return { do: 'disconnect', code: 0x9a };
  // Section 4.7.2: $SYS is the broker's own. Mosquitto's bridges tell their state there.
  if ((topic === '$SYS' || topic.startsWith('$SYS/')) && !bridgeState.test(topic)) {
    return { do: 'drop', code: 0x87 };
  }
  if (!rules.mayPublish(topic)) return { do: 'drop', code: 0x87 };
  // Mosquitto's message_size_limit.
  if (rules.messageSizeLimit > 0 && payloadBytes > rules.messageSizeLimit) {
    return { do: 'too-large', code: 0x95 };
  }
  const limit = retain ? rules.retainedLimit() : null;
  if (limit) return { do: 'limit', code: 0x97, limit };
  // Sections 3.4.2.1 and 3.5.2.1: the acknowledgement may report that there are no matching
  // subscribers.
  return { do: 'publish', code: qos > 0 && !rules.hasSubscribers(topic) ? 0x10 : 0x00 };
}

import type { QoS } from '../../../../sandbox/protocol/mqtt.ts';

/** A message as the library hands it to a client. Names of properties as in `properties.ts`. */
export interface ReceivedMessage {
  topic: string;
  payload: Uint8Array;
  qos: QoS;
  retain: boolean;
  /** Packet identifier; 0 at QoS 0. */
  mid: number;
  properties: ReceivedProperties;
}
export interface ReceivedProperties {
  payloadFormatIndicator?: number;
  messageExpiryInterval?: number;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Uint8Array;
  subscriptionIdentifier?: number;
  topicAlias?: number;
  userProperties?: [name: string, value: string][];
}

/** The packet that reports an exceeded limit to a client, if its version of MQTT has one. */
import type { LimitName } from '../shared/config.ts';
import { encodeConnack, encodeDisconnect } from '../mqtt/encode.ts';
import type { MqttVersion } from '../protocol/mqtt.ts';

/** Quota exceeded (MQTT 5.0, section 2.4): the reason code of most limits. */
const quotaExceeded = 0x97;

export interface Refused {
  limit: LimitName;
  value: number;
  /** MQTT 5.0; default `quotaExceeded`. */
  reasonCode?: number | undefined;
  /** MQTT 3.1.1, section 3.2.2.3; default 3, server unavailable. */
  returnCode?: number | undefined;
}

/** A client that has sent nothing, or does not read, gets no packet. */
const speechless: ReadonlySet<LimitName> = new Set(['connectMs', 'unsentMs', 'frozenMs']);

/** CONNACK before the session, DISCONNECT in 5.0, otherwise null: the line closes without a packet. */
export function limitPacket(
  { limit, value, reasonCode = quotaExceeded, returnCode = 3 }: Refused,
  client: { version: MqttVersion; connected: boolean },
): Uint8Array | null {
  if (speechless.has(limit)) return null;
  const reasonString = `the sandbox's limit ${limit} is ${value}`;
  if (client.version !== 5)
    return client.connected ? null : encodeConnack(client.version, returnCode);
  return client.connected
    ? encodeDisconnect(reasonCode, reasonString)
    : encodeConnack(5, reasonCode, { reasonString });
}

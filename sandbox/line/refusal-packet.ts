/** The packet that a client receives before its line is closed for a broken rule. */
import { encodeConnack, encodeDisconnect } from '../mqtt/encode.ts';
import type { MqttVersion } from '../protocol/mqtt.ts';
import { reasonCodesOf } from '../mqtt/reason-codes.ts';
import { ruleOf, type Violation } from '../mqtt/rules/index.ts';

/**
 * The bytes to send before the line is closed, or null. 5.0: DISCONNECT with the reason code and a
 * reason string, CONNACK before there is a session. Before 5.0: CONNACK for the two cases that the
 * specification names, 3.1.1 [MQTT-3.1.2-2], [MQTT-3.1.3-8], and otherwise nothing ([MQTT-4.8.0-1]).
 */
export function refusalPacket(
  refused: Violation,
  version: MqttVersion,
  connected: boolean,
): Uint8Array | null {
  const { code, reason, returnCode } = ruleOf(refused.rule);
  if (connected) {
    return version === 5 ? encodeDisconnect(code, `${reason} [${refused.statement}]`) : null;
  }
  if (version < 5) return returnCode === undefined ? null : encodeConnack(version, returnCode);
  // A first frame that is no CONNECT may not be MQTT: [MQTT-3.1.4-1] closes without a response, and
  // Mosquitto does not either.
  if (code === 0x81 || refused.rule === 'first-not-connect' || refused.rule === 'reserved-type') {
    return null;
  }
  // [MQTT-3.14.0-1]: no DISCONNECT before CONNACK, which knows fewer codes
  const known = reasonCodesOf('CONNACK', 5).includes(code) ? code : 0x82;
  return encodeConnack(5, known, { reasonString: `${reason} [${refused.statement}]` });
}

/** PUBACK, PUBREC, PUBREL and PUBCOMP from a client (MQTT 5.0, section 4.3). */
import type { Connection } from './connection.ts';
import { encodePubcomp, encodePubrel } from '../../mqtt/encode.ts';
import type { AcknowledgePacket } from '../../protocol/mqtt.ts';
import type { Session } from './session.ts';

/** `changed` is called if a QoS 2 exchange with the client as the sender has ended. */
export function acknowledged(
  connection: Connection,
  session: Session,
  { kind, packetId, reasonCode }: AcknowledgePacket,
  changed: () => void,
): void {
  const { version } = connection;
  if (kind === 'PUBREL') {
    if (session.incoming.delete(packetId)) changed();
    // An unknown identifier is acknowledged too: 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-11].
    connection.respond(encodePubcomp(version, packetId));
    return;
  }
  const known = session.outgoing.acknowledge(packetId, kind, reasonCode);
  // A PUBREC with an error ends the exchange (5.0 section 4.3.3).
  if (kind !== 'PUBREC' || reasonCode >= 0x80) return;
  // 3.1.1 [MQTT-4.3.3-1], 5.0 [MQTT-4.3.3-4]: an unknown identifier is acknowledged too: in 5.0
  // with 0x92.
  connection.respond(encodePubrel(version, packetId, known ? 0 : 0x92));
}

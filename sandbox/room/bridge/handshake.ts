/** A bridge's CONNECT, and what is logged if it is refused (lib/send_connect.c, src/handle_connack.c). */
import type { BridgeConf } from '../../mosquitto/conf/bridge-conf.ts';
import { encodeConnect } from '../../mqtt/encode-client.ts';
import type { MqttVersion } from '../../protocol/mqtt.ts';

/** @param isPrivate it says that it is a bridge, which only Mosquitto understands */
export function connectOf(
  conf: BridgeConf,
  version: MqttVersion,
  isPrivate: boolean,
  receiveMaximum: number,
): Uint8Array {
  const { remoteClientId: clientId, clean, keepAlive, userName, password } = conf;
  const { stateTopic: topic, stateIsLocal, retains: retain } = conf;
  const will = topic !== undefined && !stateIsLocal;
  return encodeConnect({
    ...{ version, clientId, clean, keepAlive, userName, password, receiveMaximum },
    bridge: isPrivate,
    will: will ? { topic, payload: '0', qos: 1, retain } : undefined,
  });
}

const before5 = [
  '',
  'unacceptable protocol version',
  'identifier rejected',
  'broker unavailable',
  'bad user name or password',
  'not authorised',
];
/** `mosquitto_reason_string` of those that a room's broker sends. */
const of5: Readonly<Record<number, string>> = {
  0x80: 'Unspecified error',
  0x84: 'Unsupported protocol version',
  0x85: 'Client identifier not valid',
  0x86: 'Bad username or password',
  0x87: 'Not authorized',
  0x8a: 'Banned',
  0x95: 'Packet too large',
  0x97: 'Quota exceeded',
  0x9a: 'retain not available (will retry)',
  0x9b: 'QoS not supported (will retry)',
};

export const refusedWords = (version: MqttVersion, code: number): string =>
  version === 5 ? (of5[code] ?? 'Unknown reason') : (before5[code] ?? 'unknown reason');

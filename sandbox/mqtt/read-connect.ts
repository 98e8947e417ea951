/** CONNECT (section 3.1 of every version). */
import type { ConnectPacket, MqttVersion, QoS } from '../protocol/mqtt.ts';
import { readProperties } from './properties.ts';
import type { Reader } from './reader.ts';
import { hasWildcard } from './topic-syntax.ts';

/** Reads all after the fixed header; sets the reader's version from the protocol level. */
export function readConnect(reader: Reader): ConnectPacket | null {
  const { bytes } = reader;
  const protocolName = reader.text('protocolName');
  const level = readLevel(reader, protocolName);
  if (level === null) return null;
  const version = (level & ~bridgeBit) as MqttVersion;
  reader.version = version;
  const flags = readFlags(reader);
  const keepAlive = reader.uint16('keepAlive');
  const properties = version === 5 ? readProperties(reader, 'CONNECT') : undefined;
  // [MQTT-3.1.3-3]: the client identifier is there, and first
  const clientId = reader.text('clientId');
  const clean = (flags & 0x02) !== 0;
  // 3.1.1 [MQTT-3.1.3-8]; in 5.0 the broker assigns one instead ([MQTT-3.1.3-6]); 3.1 asks for 1 to 23
  const needsId = version === 3 || (version === 4 && !clean);
  if (clientId === '' && needsId && !reader.failed && !reader.lenient) {
    reader.fail('client-id-empty');
  }
  const will = flags & 0x04 ? readWill(reader, flags) : undefined;
  // 3.1.1 [MQTT-3.1.2-19], [MQTT-3.1.2-21]; 5.0 [MQTT-3.1.2-17], [MQTT-3.1.2-19]
  const userName = flags & 0x80 ? reader.text('userName') : undefined;
  const password = flags & 0x40 ? reader.binary('password') : undefined;
  const packet: ConnectPacket = {
    kind: 'CONNECT',
    version,
    length: bytes.length,
    protocolName,
    clientId,
    clean,
    keepAlive,
  };
  if (level & bridgeBit) packet.bridge = true;
  if (userName !== undefined) packet.userName = userName;
  if (password !== undefined) packet.password = password;
  if (will !== undefined) packet.will = will;
  if (properties !== undefined) packet.properties = properties;
  checkAuthentication(reader, packet);
  return packet;
}

/** No specification has it: Mosquitto's bridges before 5.0 set it, and every Mosquitto takes it. */
const bridgeBit = 0x80;

/** The level as it is in the packet. */
function readLevel(reader: Reader, protocolName: string): number | null {
  if (reader.failed) return null;
  // [MQTT-3.1.2-1]; MQIsdp is the name of 3.1
  if (protocolName !== 'MQTT' && protocolName !== 'MQIsdp') {
    reader.fail('protocol-name');
    return null;
  }
  const level = reader.byte('protocolLevel');
  if (reader.failed) return null;
  const plain = level & ~bridgeBit;
  if (protocolName === 'MQIsdp' ? plain === 3 : plain === 4 || level === 5) return level;
  // [MQTT-3.1.2-2]; the response has the form of 3.1.1, which every client can read
  reader.version = 4;
  reader.fail('protocol-level');
  return null;
}

function readFlags(reader: Reader): number {
  const at = reader.at;
  const flags = reader.byte(null);
  if (reader.failed) return 0;
  reader.markBits('userNameFlag', at, 7, 7, true);
  reader.markBits('passwordFlag', at, 6, 6, true);
  reader.markBits('willRetain', at, 5, 5, true);
  reader.markBits('willQoS', at, 4, 3);
  reader.markBits('willFlag', at, 2, 2, true);
  reader.markBits(reader.version === 5 ? 'cleanStart' : 'cleanSession', at, 1, 1, true);
  reader.markBits('reserved', at, 0, 0);
  const will = (flags & 0x04) !== 0;
  // [MQTT-3.1.2-3]; 3.1 leaves the bit undefined
  if (flags & 0x01 && reader.version !== 3) reader.fail('connect-reserved-flag');
  // 3.1.1 [MQTT-3.1.2-13], 5.0 [MQTT-3.1.2-11]
  else if (!will && flags & 0x18) reader.fail('will-qos-without-will');
  // 3.1.1 [MQTT-3.1.2-15], 5.0 [MQTT-3.1.2-13]
  else if (!will && flags & 0x20) reader.fail('will-retain-without-will');
  // 3.1.1 [MQTT-3.1.2-14], 5.0 [MQTT-3.1.2-12]
  else if ((flags & 0x18) === 0x18) reader.fail('will-qos-3');
  // 3.1.1 [MQTT-3.1.2-22]; 5.0 allows it (section 3.1.2.9)
  else if (flags & 0x40 && !(flags & 0x80) && reader.version !== 5) {
    reader.fail('password-without-user-name');
  }
  return flags;
}

function readWill(reader: Reader, flags: number): ConnectPacket['will'] {
  const properties = reader.version === 5 ? readProperties(reader, 'WILL') : undefined;
  // 3.1.1 [MQTT-3.1.3-10], 5.0 [MQTT-3.1.3-11]
  const topic = reader.text('willTopic');
  if (!reader.failed) {
    if (topic === '')
      reader.fail('will-topic-empty'); // [MQTT-4.7.3-1]
    else if (hasWildcard(topic)) reader.fail('will-topic-wildcard'); // 5.0 [MQTT-4.7.0-1]
  }
  const payload = reader.binary('willPayload');
  const qos = ((flags >> 3) & 3) as QoS;
  const will = { topic, payload, qos, retain: (flags & 0x20) !== 0 };
  return properties === undefined ? will : { ...will, properties };
}

function checkAuthentication(reader: Reader, { properties }: ConnectPacket): void {
  if (properties === undefined || reader.failed) return;
  const { authenticationData, authenticationMethod } = properties;
  // Section 3.1.2.11.10: data without a method is a protocol error
  if (authenticationData !== undefined && authenticationMethod === undefined) {
    reader.fail('authentication-data');
  }
}

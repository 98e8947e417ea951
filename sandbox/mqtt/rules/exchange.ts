/**
 * Rules of PUBLISH and its acknowledgements, SUBSCRIBE, and of which side may send which packet,
 * and when.
 */
import { MALFORMED, PROTOCOL_ERROR, rule } from './rule.ts';

export const exchangeRules = {
  // ── PUBLISH ──
  'qos-3': rule(MALFORMED, 'MQTT-3.3.1-4', 'QoS must be 0, 1 or 2'),
  'dup-at-qos-0': rule(MALFORMED, 'MQTT-3.3.1-2', 'DUP must be 0 at QoS 0'),
  'packet-id-zero': rule(
    PROTOCOL_ERROR,
    ['MQTT-2.3.1-1', 'MQTT-2.2.1-3'],
    'A packet identifier must not be 0',
  ),
  'payload-not-utf8': rule(
    0x99,
    ['MQTT-4.8.0-1', 'section 3.3.2.3.2'],
    'The payload is not the UTF-8 text it says it is',
  ),
  'subscription-identifier-from-client': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'MQTT-3.3.4-6'],
    'Only the broker puts a subscription identifier into PUBLISH',
  ),
  'topic-alias-zero': rule(0x94, ['MQTT-4.8.0-1', 'MQTT-3.3.2-8'], 'A topic alias must not be 0'),
  'topic-alias-too-high': rule(
    0x94,
    ['MQTT-4.8.0-1', 'MQTT-3.3.2-9'],
    'The topic alias is above the maximum in CONNACK',
  ),
  'topic-alias-unknown': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'section 3.3.2.3.4'],
    'This topic alias was not set on this connection',
  ),
  'receive-maximum': rule(
    0x93,
    ['MQTT-4.8.0-1', 'MQTT-3.3.4-7'],
    'More messages in flight than the receive maximum in CONNACK',
  ),
  'qos-not-supported': rule(
    0x9b,
    ['MQTT-3.3.5-2', 'MQTT-3.2.2-11'],
    'The QoS is above what this broker accepts',
  ),
  'retain-not-supported': rule(
    0x9a,
    ['MQTT-3.3.5-2', 'MQTT-3.2.2-14'],
    'This broker does not retain messages',
  ),
  // ── SUBSCRIBE, UNSUBSCRIBE ──
  'subscribe-empty': rule(
    PROTOCOL_ERROR,
    ['MQTT-3.8.3-3', 'MQTT-3.8.3-2'],
    'SUBSCRIBE needs at least one filter',
  ),
  'unsubscribe-empty': rule(
    PROTOCOL_ERROR,
    'MQTT-3.10.3-2',
    'UNSUBSCRIBE needs at least one filter',
  ),
  'subscribe-qos': rule(
    PROTOCOL_ERROR,
    ['MQTT-3.8.3-4', 'section 3.8.3.1'],
    'The requested QoS must be 0, 1 or 2',
  ),
  'subscribe-reserved-bits': rule(
    MALFORMED,
    ['MQTT-3.8.3-4', 'MQTT-3.8.3-5'],
    'The reserved bits of the subscription options must be 0',
  ),
  'retain-handling-3': rule(
    PROTOCOL_ERROR,
    ['MQTT-3.8.3-4', 'section 3.8.3.1'],
    'Retain handling must be 0, 1 or 2',
  ),
  // ── Acknowledgements ──
  'acknowledgement-wrong': rule(
    PROTOCOL_ERROR,
    'section 4.3',
    'This acknowledgement does not belong to the QoS of that message',
  ),
  'acknowledgement-unknown': rule(
    0x92,
    'section 4.3',
    'No message with this packet identifier is in flight',
  ),
  // ── Which side may send which packet, and when ──
  'server-only': rule(
    PROTOCOL_ERROR,
    ['section 2.2.1', 'section 2.1.2'],
    'Only the broker sends this packet',
  ),
  'auth-not-started': rule(
    PROTOCOL_ERROR,
    ['section 2.2.1', 'MQTT-4.12.0-7'],
    'AUTH needs an authentication method in CONNECT',
  ),
  'after-disconnect': rule(
    PROTOCOL_ERROR,
    ['MQTT-3.14.4-2', 'MQTT-3.14.4-1'],
    'Nothing may follow DISCONNECT',
  ),
  'reason-code': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'section 2.4'],
    'This reason code does not belong to this packet',
  ),
  'session-expiry-raised': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'section 3.14.2.2.2'],
    'DISCONNECT can not give an expiry to a session that had none',
  ),
  'connack-flags': rule(
    MALFORMED,
    ['section 3.2.2.1', 'MQTT-3.2.2-1'],
    'Bits 7 to 1 of the acknowledge flags must be 0',
  ),
};

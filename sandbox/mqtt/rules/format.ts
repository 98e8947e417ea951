/** Rules of a packet's form: frame, strings, CONNECT, topics and filters, 5.0 properties. */
import { MALFORMED, PROTOCOL_ERROR, rule } from './rule.ts';

export const formatRules = {
  // ── The frame ──
  'reserved-type': rule(
    PROTOCOL_ERROR,
    ['section 2.2.1', 'section 2.1.2'],
    'Packet type 0 is reserved',
  ),
  'remaining-length': rule(
    MALFORMED,
    ['section 2.2.3', 'section 1.5.5'],
    'The remaining length takes at most four bytes',
  ),
  'length-not-minimal': rule(
    MALFORMED,
    ['section 2.2.3', 'MQTT-1.5.5-1'],
    'A variable byte integer must use as few bytes as possible',
  ),
  'packet-too-large': rule(
    0x95,
    ['section 2.2.3', 'MQTT-3.2.2-15'],
    'The packet is larger than this broker accepts',
  ),
  'websocket-text-frame': rule(
    PROTOCOL_ERROR,
    'MQTT-6.0.0-1',
    'Over WebSocket MQTT packets are sent in binary frames',
  ),
  'header-flags': rule(
    MALFORMED,
    ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'],
    'The flags of this packet type have fixed values',
  ),
  truncated: rule(
    MALFORMED,
    ['MQTT-4.8.0-1', 'MQTT-4.13.1-1'],
    'The packet ends before its fields do',
  ),
  'trailing-bytes': rule(
    MALFORMED,
    ['MQTT-4.8.0-1', 'MQTT-4.13.1-1'],
    'The packet goes on after its last field',
  ),
  // ── Strings ──
  utf8: rule(MALFORMED, ['MQTT-1.5.3-1', 'MQTT-1.5.4-1'], 'A string is not well-formed UTF-8'),
  'utf8-nul': rule(MALFORMED, ['MQTT-1.5.3-2', 'MQTT-1.5.4-2'], 'A string must not contain U+0000'),
  // SHOULD NOT in the specification; a receiver MAY close the connection. Mosquitto 2.0 does, and a
  // program that passes here should pass there too.
  'utf8-control': rule(
    MALFORMED,
    ['section 1.5.3', 'section 1.5.4'],
    'A string must not contain control characters or non-characters',
  ),
  // ── CONNECT ──
  'first-not-connect': rule(PROTOCOL_ERROR, 'MQTT-3.1.0-1', 'The first packet must be CONNECT'),
  'second-connect': rule(PROTOCOL_ERROR, 'MQTT-3.1.0-2', 'A client sends CONNECT only once'),
  'protocol-name': rule(MALFORMED, 'MQTT-3.1.2-1', 'The protocol name must be MQTT'),
  'protocol-level': rule(0x84, 'MQTT-3.1.2-2', 'The protocol version is not supported', 1),
  'connect-reserved-flag': rule(MALFORMED, 'MQTT-3.1.2-3', 'Bit 0 of the connect flags must be 0'),
  'will-qos-without-will': rule(
    MALFORMED,
    ['MQTT-3.1.2-13', 'MQTT-3.1.2-11'],
    'Without a will the will QoS must be 0',
  ),
  'will-retain-without-will': rule(
    MALFORMED,
    ['MQTT-3.1.2-15', 'MQTT-3.1.2-13'],
    'Without a will the will retain flag must be 0',
  ),
  'will-qos-3': rule(
    MALFORMED,
    ['MQTT-3.1.2-14', 'MQTT-3.1.2-12'],
    'The will QoS must be 0, 1 or 2',
  ),
  'password-without-user-name': rule(
    MALFORMED,
    ['MQTT-3.1.2-22', 'section 3.1.2.9'],
    'A password needs a user name',
  ),
  'client-id-empty': rule(
    0x85,
    'MQTT-3.1.3-8',
    'An empty client identifier needs a clean session',
    2,
  ),
  'authentication-method': rule(
    0x8c,
    ['MQTT-4.8.0-1', 'MQTT-4.12.0-1'],
    'This broker has no extended authentication',
  ),
  'authentication-data': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'section 3.1.2.11.10'],
    'Authentication data needs an authentication method',
  ),
  // ── Topics and filters ──
  'topic-empty': rule(PROTOCOL_ERROR, 'MQTT-4.7.3-1', 'A topic name has at least one character'),
  'topic-wildcard': rule(MALFORMED, 'MQTT-3.3.2-2', 'A topic name must not contain + or #'),
  'will-topic-wildcard': rule(
    0x90,
    ['MQTT-4.7.1-1', 'MQTT-4.7.0-1'],
    'A will topic must not contain + or #',
  ),
  'will-topic-empty': rule(0x90, 'MQTT-4.7.3-1', 'A will topic has at least one character'),
  'response-topic-wildcard': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'MQTT-3.3.2-14'],
    'A response topic must not contain + or #',
  ),
  'filter-empty': rule(MALFORMED, 'MQTT-4.7.3-1', 'A topic filter has at least one character'),
  'filter-hash': rule(
    MALFORMED,
    ['MQTT-4.7.1-2', 'MQTT-4.7.1-1'],
    'In a filter # stands alone and last',
  ),
  'filter-plus': rule(
    MALFORMED,
    ['MQTT-4.7.1-3', 'MQTT-4.7.1-2'],
    'In a filter + takes a whole level',
  ),
  'share-name': rule(
    PROTOCOL_ERROR,
    ['section 4.7.2', 'MQTT-4.8.2-1'],
    'A share name is not empty and has no + or #',
  ),
  'share-filter': rule(
    PROTOCOL_ERROR,
    ['section 4.7.2', 'MQTT-4.8.2-2'],
    'A shared subscription is $share/<name>/<filter>',
  ),
  'share-no-local': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'MQTT-3.8.3-4'],
    'No Local can not be used with a shared subscription',
  ),
  // ── 5.0 properties ──
  'property-unknown': rule(
    MALFORMED,
    ['MQTT-4.8.0-1', 'section 2.2.2.2'],
    'There is no property with this identifier',
  ),
  'property-not-allowed': rule(
    MALFORMED,
    ['MQTT-4.8.0-1', 'section 2.2.2.2'],
    'This property does not belong to this packet',
  ),
  'property-twice': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'section 2.2.2.2'],
    'This property may stand only once',
  ),
  'property-value': rule(
    PROTOCOL_ERROR,
    ['MQTT-4.8.0-1', 'section 2.2.2.2'],
    'The value of a property is out of its range',
  ),
};

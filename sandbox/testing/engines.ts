/** The engines that the suite runs over, and what each does differently on the wire. */
import type { EngineFactory } from '../engine/broker.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { whyNoReference } from './differential/mosquitto.ts';
import { mosquittoEngine } from './mosquitto-engine.ts';

export interface EngineUnderTest {
  name: string;
  factory: EngineFactory;
  /** Why it can't be tried on this machine. */
  missing?: string | undefined;
  /** Titles of the cases that it does not pass, and why. */
  differs: Readonly<Record<string, string>>;
}

/** Where Mosquitto 2.0.11 differs in these cases: expected failures, asserted exactly. */
const mosquittoDiffers = {
  // A message for overlapping subscriptions: 3.1.1 [MQTT-3.3.5-1], 5.0 [MQTT-3.3.4-2], [MQTT-3.3.4-4].
  'overlapping subscriptions give one message at the highest QoS 3.1.1 [MQTT-3.3.5-1], 5.0 [MQTT-3.3.4-2]':
    'the QoS is that of the first subscription that matches, not the highest',
  'overlapping subscriptions (version 4)':
    'the QoS is that of the first subscription that matches, not the highest',
  'overlapping subscriptions (version 5)': 'each subscription gets a copy',
  'one PUBLISH carries every identifier of overlapping subscriptions [MQTT-3.3.4-4]':
    'each subscription gets a copy with its own identifier',
  'subscription identifiers': 'each subscription gets a copy with its own identifier',
  // Exchanges and their limits.
  'a PUBREC for nothing is answered, in 5.0 with 0x92': 'PUBREL has the reason code 0',
  "the client's receive maximum is kept, also after a reconnect [MQTT-3.3.4-9]":
    'after a reconnect a PUBREL under way does not count',
  'flow control towards the server':
    'a PUBLISH above its receive maximum gets PUBREC 0x97, not DISCONNECT 0x93',
  "a loop of 400 publishes at QoS 2 doesn't end the connection (version 5)":
    'its receive maximum is 20, and MQTT.js does not wait: PUBREC 0x97',
  '300 messages at QoS 2 come once and in order, across cuts (version 4)':
    'after 20 messages (max_inflight_messages) it sends the subscriber no more',
  '300 messages at QoS 2 come once and in order, across cuts (version 5)':
    'its receive maximum is 20, and MQTT.js does not wait: PUBREC 0x97',
  // Words at the end of a connection.
  'a second client with the same id takes over; 5.0 gets 0x8E: 3.1.1 [MQTT-3.1.4-2], 5.0 [MQTT-3.1.4-3]':
    'the old connection is closed without DISCONNECT',
  'topic aliases of the client are understood, and end with the connection':
    'an unknown alias is answered with 0x82 (protocol error), not 0x94',
  'topic aliases of the client end with the connection, its subscriptions do not':
    'an unknown alias is answered with 0x82 (protocol error), not 0x94',
  // What a broker may leave out.
  'topics get aliases where the client takes some [MQTT-3.1.2-26] [MQTT-3.1.2-27]':
    'it uses no topic aliases of its own',
  'topic aliases of the server, only where the client takes some':
    'it uses no topic aliases of its own',
  // Shared subscriptions.
  'no retained messages come with a shared subscription': 'they come',
  'what a member had not acknowledged goes to another when its session ends': 'it is lost',
  'a member that is away gets nothing while another is there, and keeps what it is owed':
    'what the absent member had not acknowledged is lost',
  'a group without a name, or with a wildcard in it, is refused [MQTT-4.8.2-1]': 'they are granted',
};

const conf = 'listener 1883\nallow_anonymous true\n';

export const engines: readonly EngineUnderTest[] = [
  { name: 'builtin', factory: createBroker, differs: {} },
  {
    name: 'outside: mosquitto',
    factory: mosquittoEngine(() => ({ 'mosquitto.conf': conf })),
    missing: whyNoReference(),
    differs: mosquittoDiffers,
  },
];

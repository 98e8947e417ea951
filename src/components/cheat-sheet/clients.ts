/**
 * How one says the same thing to three clients. `clients.test.ts` runs what stands here: the three send the
 * same CONNECT, SUBSCRIBE and PUBLISH.
 */
import { clientOptions } from '../../workbench/terminal/mosquitto/options.ts';

export interface ClientRow {
  /** `cheat.do.<id>` says what it does. */
  id: string;
  /** Arguments of mosquitto_pub and mosquitto_sub. */
  mosquitto: string;
  /** An option of `mqtt.connect`, or a call. */
  mqttJs: string;
  /** A line, or an argument of one: `Client(…, <argument>)`, `connect(…, <argument>)`. */
  paho: string;
}

export const clientRows: readonly ClientRow[] = [
  {
    id: 'connect',
    mosquitto: '-h localhost -p 1883',
    mqttJs: "mqtt.connect('mqtt://localhost:1883', { … })",
    paho: "client.connect('localhost', 1883)",
  },
  {
    id: 'client-id',
    mosquitto: '-i lamp',
    mqttJs: "clientId: 'lamp'",
    paho: "Client(…, client_id='lamp')",
  },
  {
    id: 'user',
    mosquitto: '-u ann -P secret',
    mqttJs: "username: 'ann', password: 'secret'",
    paho: "client.username_pw_set('ann', 'secret')",
  },
  {
    id: 'keep-alive',
    mosquitto: '-k 30',
    mqttJs: 'keepalive: 30',
    paho: 'connect(…, keepalive=30)',
  },
  {
    id: 'version',
    mosquitto: '-V 5',
    mqttJs: 'protocolVersion: 5',
    paho: 'Client(…, protocol=mqtt.MQTTv5)',
  },
  {
    id: 'keep-session',
    mosquitto: '-c',
    mqttJs: 'clean: false',
    paho: 'Client(…, clean_session=False)',
  },
  {
    id: 'keep-session-5',
    mosquitto: '-c -x 3600',
    mqttJs: 'clean: false, properties: { sessionExpiryInterval: 3600 }',
    paho: 'p = Properties(PacketTypes.CONNECT)\np.SessionExpiryInterval = 3600\nconnect(…, clean_start=False, properties=p)',
  },
  {
    id: 'will',
    mosquitto: '--will-topic lamp/state --will-payload off --will-qos 1 --will-retain',
    mqttJs: "will: { topic: 'lamp/state', payload: 'off', qos: 1, retain: true }",
    paho: "client.will_set('lamp/state', 'off', qos=1, retain=True)",
  },
  {
    id: 'publish',
    mosquitto: '-t lamp/state -m on -q 1 -r',
    mqttJs: "client.publish('lamp/state', 'on', { qos: 1, retain: true })",
    paho: "client.publish('lamp/state', 'on', qos=1, retain=True)",
  },
  {
    id: 'subscribe',
    mosquitto: "-t 'lamp/#' -q 1",
    mqttJs: "client.subscribe('lamp/#', { qos: 1 })",
    paho: "client.subscribe('lamp/#', qos=1)",
  },
];

export type OptionGroup = 'sub' | 'pub' | 'all';
/** What stands on the sheet, with a value for those that take one. */
const shown = [
  '-d',
  '-L mqtt://host:1883/topic',
  '--cafile ca.crt',
  '-v',
  '-C 3',
  '-W 10',
  '-R',
  '--retained-only',
  '--remove-retained',
  "-T 'home/log/#'",
  "-F '%I %t %p'",
  '-r',
  '-n',
  '-l',
  '-s',
  '-f file',
  '--repeat 3',
  '--repeat-delay 0.5',
] as const;

export interface OptionRow {
  /** As it is typed. */
  text: string;
  /** `-C`; `cheat.option.<name>` says what it does. */
  name: string;
  /** Which program knows it; mosquitto_rr knows most of both. */
  group: OptionGroup;
}
/** Throws if the terminal's clients don't know an option, or if it takes a value and has none here. */
export const optionRows: readonly OptionRow[] = shown.map((text) => {
  const [name = '', ...value] = text.split(' ');
  const known = clientOptions.get(name);
  if (!known) throw new Error(`cheat sheet: the clients have no option ${name}`);
  if ((known.option.takes === undefined) !== (value.length === 0)) {
    throw new Error(`cheat sheet: ${text} has a value too many or lacks one`);
  }
  const { only } = known.option;
  const group = only === undefined ? 'all' : only.includes('sub') ? 'sub' : 'pub';
  return { text, name, group };
});

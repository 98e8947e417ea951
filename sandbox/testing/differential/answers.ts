/** What a client asks of a broker, and what came of it as a line that can be compared. */
import { memoryPair } from '../../room/memory-pair.ts';
import type { MqttVersion, QoS } from '../../protocol/mqtt.ts';
import { type ReceivedPacket, MqttClient } from '../mqtt-client.ts';
import { openStream, type Reach } from '../open-stream.ts';

export interface ConnectOptions {
  clientId: string;
  user?: string;
  password?: string;
  version?: MqttVersion;
  clean?: boolean;
  keepAlive?: number;
  /** It acknowledges nothing. */
  mute?: boolean;
  /** Seconds, of 5.0; default: 60 if it is not clean. */
  expiry?: number;
  will?: { topic: string; payload: string; qos?: QoS; retain?: boolean };
}

/** The client, and CONNACK's code with what its properties say; `closed` if none came. */
export async function open(
  reach: Reach,
  options: ConnectOptions,
): Promise<{ client: MqttClient; answer: string }> {
  const version = options.version ?? 4;
  const stream = await openStream(reach).catch(() => null);
  const client = new MqttClient(stream ?? ended(), version);
  client.acknowledges = options.mute !== true;
  if (!stream) return { client, answer: 'no connection' };
  client.send(client.connectPacket(options.clientId, connectOptions(options, version)));
  const connack = await client.nextOrEnd('connack');
  return { client, answer: connack ? described(connack) : 'closed' };
}

function ended(): MqttClient['stream'] {
  const [near] = memoryPair();
  return near.destroy();
}

export async function subscribe(
  client: MqttClient,
  filters: readonly string[],
  qos: QoS,
): Promise<string> {
  const messageId = client.nextId();
  const subscriptions = filters.map((topic) => ({ topic, qos }));
  client.send({ cmd: 'subscribe', messageId, subscriptions });
  const suback = await client.nextOrEnd('suback');
  return suback ? `granted ${suback.granted.map(Number).join(' ')}` : 'closed';
}

/** The answer's reason; a QoS 0 publish is known to be handled when the ping after it is. */
export async function publish(
  client: MqttClient,
  message: { topic: string; payload: string; qos: QoS; retain: boolean },
): Promise<string> {
  const { topic, payload, qos, retain } = message;
  if (client.closed) return 'closed';
  const messageId = client.nextId();
  client.publish(topic, payload, { qos, retain, messageId });
  if (qos === 0) client.send({ cmd: 'pingreq' });
  const expected = qos === 0 ? ['pingresp'] : ['puback', 'pubrec'];
  const answer = await client.nextOrEnd(...expected, 'disconnect');
  if (!answer) return 'closed';
  const { cmd, reasonCode = 0 } = answer;
  if (cmd === 'pingresp') return 'alive';
  if (cmd !== 'pubrec' || reasonCode >= 0x80) return `${cmd} ${reasonCode}`;
  client.send({ cmd: 'pubrel', messageId });
  const completed = await client.nextOrEnd('pubcomp');
  return completed ? `pubrec ${reasonCode}, pubcomp` : 'pubrec, closed';
}

/** Half of a QoS 2 exchange: PUBLISH and PUBREC. */
export async function begin(client: MqttClient, topic: string, messageId: number): Promise<string> {
  client.publish(topic, 'half', { qos: 2, messageId });
  return (await client.nextOrEnd('pubrec')) ? 'pubrec' : 'closed';
}

/** The other half, perhaps on another connection. */
export async function complete(client: MqttClient, messageId: number): Promise<string> {
  client.send({ cmd: 'pubrel', messageId });
  return (await client.nextOrEnd('pubcomp')) ? 'pubcomp' : 'closed';
}

/** With DISCONNECT, or without one: then the broker sends the will. */
export async function end(client: MqttClient, gracefully: boolean): Promise<void> {
  if (gracefully) client.send({ cmd: 'disconnect' });
  else client.terminate();
  await client.ended();
}

/** Messages since they were last taken, as `topic=payload q<QoS> r<retain>`. */
export const messages = (client: MqttClient): string[] =>
  client
    .taken('publish')
    .map(
      ({ topic, payload, qos, retain, dup }) =>
        `${topic}=${String(payload)} q${qos} r${retain ? 1 : 0}${dup ? ' dup' : ''}`,
    );

function connectOptions(options: ConnectOptions, version: MqttVersion): object {
  const { user, password, will, clean = true, keepAlive = 60, expiry = clean ? 0 : 60 } = options;
  const { qos = 0, retain = false } = will ?? {};
  return {
    clean,
    keepalive: keepAlive,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password: Buffer.from(password) }),
    ...(version === 5 && { properties: { sessionExpiryInterval: expiry } }),
    ...(will && {
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos, retain },
    }),
  };
}

const limits = [
  'maximumQoS', 'retainAvailable', 'serverKeepAlive', 'maximumPacketSize', 'receiveMaximum',
]; // prettier-ignore

/** CONNACK in a line: code, session, and the broker's limits. */
function described({
  returnCode,
  reasonCode,
  sessionPresent,
  properties = {},
}: ReceivedPacket): string {
  const said = limits
    .filter((name) => properties[name] !== undefined)
    .map((name) => ` ${name} ${Number(properties[name])}`);
  const session = sessionPresent ? ' session' : '';
  return `connack ${returnCode ?? reasonCode ?? 0}${session}${said.join('')}`;
}

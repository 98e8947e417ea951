/** Topics and a whole client of the scenarios of Eclipse Paho's interoperability suites. */
import type { BrokerClient } from '../broker-client.ts';
import type { ReceivedPacket } from '../mqtt-client.ts';

export const prefix = 'client_test5/';
export const topics = ['TopicA', 'TopicA/B', 'Topic/C', 'TopicA/C', '/TopicA'].map(
  (t) => prefix + t,
);
export const wild = ['TopicA/+', '+/C', '#', '/#', '/+', '+/+', 'TopicA/#'].map((t) => prefix + t);
export const kept = { properties: { sessionExpiryInterval: 99_999 } };
export const texts = (got: ReceivedPacket[]): string[] => got.map(({ payload }) => String(payload));
/** Answers every PUBLISH and PUBREL, as a whole client does, and gives the messages. */
export async function receive(client: BrokerClient): Promise<ReceivedPacket[]> {
  const got: ReceivedPacket[] = [];
  for (;;) {
    const came = await client.settle();
    if (came.length === 0) return got;
    for (const { cmd, qos, messageId, ...rest } of came) {
      if (cmd === 'publish') got.push({ cmd, qos, messageId, ...rest });
      if (cmd === 'publish' && qos === 1) client.send({ cmd: 'puback', messageId });
      if (cmd === 'publish' && qos === 2) client.send({ cmd: 'pubrec', messageId });
      if (cmd === 'pubrec') client.send({ cmd: 'pubrel', messageId });
      if (cmd === 'pubrel') client.send({ cmd: 'pubcomp', messageId });
    }
  }
}

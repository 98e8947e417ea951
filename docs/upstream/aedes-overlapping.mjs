// One message for two subscriptions of one client.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

const broker = await Aedes.createBroker();

/** A client that does only what it is told. Each `send` is one segment. */
async function connect(clientId, options) {
  const settings = { protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId, ...options };
  const [stream, atBroker] = duplexPair();
  const parser = mqtt.parser(settings);
  const got = [];
  parser.on('packet', (packet) => got.push(packet));
  stream.on('data', (bytes) => parser.parse(bytes));
  broker.handle(atBroker);
  const settle = async () => {
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  };
  const send = (...packets) => {
    stream.write(Buffer.concat(packets.map((packet) => mqtt.generate(packet, settings))));
    return settle();
  };
  const take = (cmd) => got.splice(0).filter((packet) => packet.cmd === cmd);
  await send({ cmd: 'connect', ...settings });
  return { send, take };
}

const client = await connect('client', { protocolVersion: 5 });
const subscribe = (topic, qos, subscriptionIdentifier) => ({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic, qos }],
  properties: { subscriptionIdentifier },
});
await client.send(subscribe('t/a', 1, 1));
await client.send(subscribe('t/#', 2, 2));
await client.send({ cmd: 'publish', topic: 't/a', payload: 'x', qos: 2, messageId: 1 });
const messages = client.take('publish');
const qos = Math.max(...messages.map((message) => message.qos));
const identifiers = messages.flatMap(({ properties }) => properties.subscriptionIdentifier);
console.log(`${messages.length} PUBLISH, highest QoS ${qos}, expected 2.`);
console.log(`Subscription identifiers: ${identifiers.join(', ')}; expected 1 and 2.`);
process.exit(qos === 2 && identifiers.toSorted().join() === '1,2' ? 0 : 1);

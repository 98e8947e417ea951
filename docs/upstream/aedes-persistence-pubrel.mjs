// Three PUBREC packets in one segment, in a session that is kept.
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

const subscriber = await connect('subscriber', { clean: false });
await subscriber.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 2 }] });
const publisher = await connect('publisher');
for (const messageId of [1, 2, 3]) {
  await publisher.send({ cmd: 'publish', topic: 't', payload: 'x', qos: 2, messageId });
}
const identifiers = subscriber.take('publish').map(({ messageId }) => messageId);
await subscriber.send(...identifiers.map((messageId) => ({ cmd: 'pubrec', messageId })));
const released = subscriber
  .take('pubrel')
  .map(({ messageId }) => identifiers.indexOf(messageId) + 1);
console.log(`PUBREL for messages ${released.join(', ')}; expected 1, 2, 3.`);
process.exit(released.join() === '1,2,3' ? 0 : 1);

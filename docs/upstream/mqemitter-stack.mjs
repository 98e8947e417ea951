// Messages that nobody subscribes to, behind a hundred that wait for a subscriber.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

process.on('uncaughtException', (error) => {
  console.log(`20,100 small messages end the process: ${error.message}`);
  process.exit(1);
});

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
  await send({ cmd: 'connect', ...settings });
  return { send };
}

const subscriber = await connect('subscriber');
await subscriber.send({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic: 'wanted', qos: 0 }],
});
const publisher = await connect('publisher');
const publish = (topic) => ({ cmd: 'publish', topic, payload: '', qos: 0 });
await publisher.send(
  ...Array.from({ length: 100 }, () => publish('wanted')),
  ...Array.from({ length: 20_000 }, () => publish('unwanted')),
);
console.log('20,100 messages published.');
process.exit(0);

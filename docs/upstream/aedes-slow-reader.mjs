// A subscriber that does not read, and a subscriber of something else.
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
  return { send, take, stream };
}

const subscribe = (topic) => ({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic, qos: 0 }],
});
const publish = (topic, payload) => ({ cmd: 'publish', topic, payload, qos: 0 });
const frozen = await connect('frozen');
await frozen.send(subscribe('large'));
frozen.stream.pause();
const reader = await connect('reader');
await reader.send(subscribe('small'));
const publisher = await connect('publisher');
for (let n = 0; n < 400; n++) await publisher.send(publish('large', '.'.repeat(1000)));
await publisher.send(publish('small', 'x'));
const got = reader.take('publish').length;
console.log(`The other subscriber has ${got} of 1 messages.`);
process.exit(got === 1 ? 0 : 1);

// A subscription that authorizeSubscribe has refused, in a session that is kept.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

const broker = await Aedes.createBroker({
  authorizeSubscribe: (_client, subscription, done) =>
    done(null, subscription.topic === 'secret' ? null : subscription),
});

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
  const cut = () => settle(atBroker.destroy());
  await send({ cmd: 'connect', ...settings });
  return { send, take, cut };
}

const session = { clean: false };
const first = await connect('client', session);
await first.send({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: ['open', 'secret'].map((topic) => ({ topic, qos: 1 })),
});
console.log(`SUBACK: ${first.take('suback')[0].granted.join(', ')}.`);
await first.cut();
const publisher = await connect('publisher');
await publisher.send({ cmd: 'publish', topic: 'secret', payload: 'x', qos: 1, messageId: 1 });
const again = await connect('client', session);
const messages = again.take('publish');
console.log(`After a reconnect: ${messages.length} messages on secret, expected 0.`);
process.exit(messages.length === 0 ? 0 : 1);

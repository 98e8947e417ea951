// The queue of a 5.0 session that is resumed without a session expiry interval.
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
  const cut = () => settle(atBroker.destroy());
  await send({ cmd: 'connect', ...settings });
  return { send, take, got, cut };
}

const kept = { protocolVersion: 5, properties: { sessionExpiryInterval: 60 } };
const first = await connect('client', kept);
await first.send({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic: 't', qos: 1 }],
});
await first.cut();
const publisher = await connect('publisher');
await publisher.send({ cmd: 'publish', topic: 't', payload: 'x', qos: 1, messageId: 1 });
const again = await connect('client', { protocolVersion: 5, clean: false });
const present = again.got[0].sessionPresent;
const { length } = again.take('publish');
console.log(`Session present: ${present}; messages: ${length}, expected 1.`);
process.exit(length === 1 ? 0 : 1);

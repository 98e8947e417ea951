// A QoS 2 packet identifier of a session that a clean start has ended.
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
  return { send, take, cut };
}

const subscriber = await connect('subscriber');
await subscriber.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] });
const publish = (payload) => ({ cmd: 'publish', topic: 't', payload, qos: 2, messageId: 7 });
const first = await connect('client', { clean: false });
await first.send(publish('old session'));
await first.cut();
const second = await connect('client', { clean: true });
await second.send(publish('new session'));
const payloads = subscriber.take('publish').map(({ payload }) => String(payload));
console.log(`Delivered: ${payloads.join(', ')}; expected: old session, new session.`);
process.exit(payloads.length === 2 ? 0 : 1);

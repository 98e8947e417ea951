// A message that waits for storage, overtaken by one that does not.
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

const subscriber = await connect('subscriber');
await subscriber.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 1 }] });
const payloads = () => subscriber.take('publish').map(({ payload }) => String(payload));

const publisher = await connect('publisher');
await publisher.send(
  { cmd: 'publish', topic: 't', payload: '1', qos: 0, retain: true },
  { cmd: 'publish', topic: 't', payload: '2', qos: 0, retain: false },
);
const one = payloads();
console.log(`QoS 0, the first retained: ${one.join(', ')}; expected 1, 2.`);

broker.publish({ topic: 'a', payload: '1', qos: 1 }, () => {});
broker.publish({ topic: 'b', payload: '2', qos: 0 }, () => {});
await publisher.send({ cmd: 'pingreq' });
const two = payloads();
console.log(`QoS 1, then QoS 0 on another topic: ${two.join(', ')}; expected 1 and 2.`);
process.exit(one.join() === '1,2' && two.toSorted().join() === '1,2' ? 0 : 1);

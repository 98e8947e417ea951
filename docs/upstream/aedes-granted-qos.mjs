// The QoS that comes of a subscription by wildcard.
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

const publisher = await connect('publisher');
const publish = (retain) => ({
  cmd: 'publish',
  topic: 't/a',
  payload: 'x',
  qos: 2,
  retain,
  messageId: retain ? 1 : 2,
});
await publisher.send(publish(true));
const subscribe = (qos) => ({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic: 't/#', qos }],
});
const zero = await connect('zero');
await zero.send(subscribe(0));
const [retained] = zero.take('publish');
console.log(
  `Granted QoS 0, a retained message at QoS 2: comes at QoS ${retained.qos}, expected 0.`,
);
const one = await connect('one');
await one.send(subscribe(1));
one.take('publish');
await publisher.send(publish(false));
const [live] = one.take('publish');
console.log(`Granted QoS 1, a message at QoS 2: comes at QoS ${live.qos}, expected 1.`);
process.exit(retained.qos === 0 && live.qos === 1 ? 0 : 1);

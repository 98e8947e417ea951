// A message that is larger than the client's maximum packet size.
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

const client = await connect('client', {
  protocolVersion: 5,
  properties: { maximumPacketSize: 50 },
});
await client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 1 }] });
const publisher = await connect('publisher');
const publish = (payload, messageId) => ({
  cmd: 'publish',
  topic: 't',
  payload,
  qos: 1,
  messageId,
});
await publisher.send(publish('.'.repeat(100), 1), publish('small', 2));
const sizes = client.take('publish').map(({ length }) => length + 2);
console.log(`Maximum packet size 50: packets of ${sizes.join(', ')} bytes.`);
process.exit(sizes.length === 1 && sizes[0] <= 50 ? 0 : 1);

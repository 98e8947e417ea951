// The return codes of a SUBACK: one for each filter, in the order of the SUBSCRIBE.
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

const client = await connect('client');
const codes = async (...subscriptions) => {
  await client.send({
    cmd: 'subscribe',
    messageId: 1,
    subscriptions: subscriptions.map(([topic, qos]) => ({ topic, qos })),
  });
  return client.take('suback')[0].granted.join(', ');
};
const numeric = await codes(['b', 2], ['1', 0]);
console.log(`Filters b at QoS 2 and 1 at QoS 0: ${numeric}; expected 2, 0.`);
const twice = await codes(['x', 1], ['y', 0], ['x', 1]);
console.log(`Filters x, y and x again: ${twice}; expected 1, 0, 1.`);
process.exit(numeric === '2, 0' && twice === '1, 0, 1' ? 0 : 1);

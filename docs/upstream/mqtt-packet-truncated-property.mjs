// A PUBLISH whose property is cut off.
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
    const bytes = packets.map((one) => (Buffer.isBuffer(one) ? one : mqtt.generate(one, settings)));
    stream.write(Buffer.concat(bytes));
    return settle();
  };
  const closed = () => atBroker.destroyed;
  await send({ cmd: 'connect', ...settings });
  return { send, closed };
}

const subscriber = await connect('subscriber', { protocolVersion: 5 });
await subscriber.send({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic: 't', qos: 0 }],
});
const attacker = await connect('attacker', { protocolVersion: 5 });
// Topic t; property length 1; property 2, the message expiry interval, without its four bytes.
await attacker.send(Buffer.from('30050001740102', 'hex'));
const state = (client) => (client.closed() ? 'closed' : 'open');
console.log(`Its sender is ${state(attacker)}, its subscriber ${state(subscriber)}.`);
console.log('Expected: closed, open.');
process.exit(attacker.closed() && !subscriber.closed() ? 0 : 1);

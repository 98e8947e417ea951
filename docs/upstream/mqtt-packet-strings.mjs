// Topic names that are not UTF-8, or contain U+0000.
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
  const take = (cmd) => got.splice(0).filter((packet) => packet.cmd === cmd);
  const closed = () => atBroker.destroyed;
  await send({ cmd: 'connect', ...settings });
  return { send, take, closed };
}

let passed = 0;
for (const [what, bytes] of [
  ['U+0000', '30050003610061'],
  ['the byte FF', '3005000361ff61'],
  ['an overlong slash', '3006000461c0af61'],
  ['a surrogate, U+D800', '30050003eda080'],
]) {
  const subscriber = await connect('subscriber');
  await subscriber.send({
    cmd: 'subscribe',
    messageId: 1,
    subscriptions: [{ topic: '#', qos: 0 }],
  });
  const sender = await connect('sender');
  await sender.send(Buffer.from(bytes, 'hex'));
  const [message] = subscriber.take('publish');
  if (message) passed++;
  const came = message ? `passed on as ${JSON.stringify(message.topic)}` : 'not passed on';
  console.log(`A topic name with ${what}: ${came}, sender ${sender.closed() ? 'closed' : 'open'}.`);
}
console.log('Expected: not passed on, sender closed.');
process.exit(passed === 0 ? 0 : 1);

// The order of user properties on their way through the broker.
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
  await send({ cmd: 'connect', ...settings });
  return { send, stream };
}

const string = (text) => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
const sent = ['z=1', '2=2', 'z=3', '1=4'];
const properties = Buffer.concat(
  sent.map((pair) => Buffer.concat([Buffer.from('26', 'hex'), ...pair.split('=').map(string)])),
);
const body = Buffer.concat([string('t'), Buffer.from([properties.length]), properties]);

const subscriber = await connect('subscriber', { protocolVersion: 5 });
await subscriber.send({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic: 't', qos: 0 }],
});
let bytes;
subscriber.stream.on(
  'data',
  (chunk) => (bytes = Buffer.concat([bytes ?? chunk.subarray(0, 0), chunk])),
);
const publisher = await connect('publisher', { protocolVersion: 5 });
await publisher.send(Buffer.concat([Buffer.from([0x30, body.length]), body]));
const came = [...bytes.toString('latin1').matchAll(/&\0\x01(.)\0\x01(.)/g)].map(
  ([, name, value]) => `${name}=${value}`,
);
console.log(`Sent: ${sent.join(', ')}. Received: ${came.join(', ')}.`);
process.exit(came.join() === sent.join() ? 0 : 1);

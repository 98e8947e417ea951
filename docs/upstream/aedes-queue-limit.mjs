// A client that does not wait for CONNACK.
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
  const closed = () => atBroker.destroyed;
  const publish = { cmd: 'publish', topic: 't', payload: 'x', qos: 0 };
  await send({ cmd: 'connect', ...settings }, ...Array.from({ length: 60 }, () => publish));
  return { send, closed };
}

const client = await connect('client');
console.log(
  `60 PUBLISH packets behind CONNECT: ${client.closed() ? 'connection closed' : 'taken'}.`,
);
console.log('Expected: taken.');
process.exit(client.closed() ? 1 : 0);

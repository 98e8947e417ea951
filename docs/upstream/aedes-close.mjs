// Connections that are not yet clients when the broker closes.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

const broker = await Aedes.createBroker({
  // The answer takes longer than the broker lives.
  authenticate: () => {},
});

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
  await send({ cmd: 'connect', ...settings });
  return { send, closed };
}

const silent = duplexPair();
broker.handle(silent[1]);
const waiting = await connect('client');
await new Promise((resolve) => broker.close(resolve));
await waiting.send({ cmd: 'pingreq' });
const state = (open) => (open ? 'open' : 'closed');
console.log(`A connection without CONNECT: ${state(!silent[1].destroyed)}, expected closed.`);
console.log(`One that is being authenticated: ${state(!waiting.closed())}, expected closed.`);
process.exit(silent[1].destroyed && waiting.closed() ? 0 : 1);

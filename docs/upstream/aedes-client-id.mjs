// A client identifier may be the name of a member of Object.prototype.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

process.on('uncaughtException', (error) => {
  console.log(`CONNECT as toString ends the process: ${error.message}`);
  process.exit(1);
});

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
  await send({ cmd: 'connect', ...settings });
  return { send };
}

for (const id of ['toString', 'constructor', '__proto__']) await connect(id);
console.log('Three clients connected.');
process.exit(0);

// What a 5.0 client is told when its keep alive has run out.
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

const client = await connect('client', { protocolVersion: 5, keepalive: 1 });
await new Promise((resolve) => broker.once('clientDisconnect', resolve));
await new Promise(setImmediate);
const [disconnect] = client.take('disconnect');
console.log(`DISCONNECT: ${disconnect?.reasonCode ?? 'none'}, expected 141 (0x8D).`);
process.exit(disconnect?.reasonCode === 0x8d ? 0 : 1);

// A topic filter may be the name of a member of Object.prototype.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

process.on('uncaughtException', (error) => {
  console.log(`SUBSCRIBE to toString ends the process: ${error.code}`);
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
  const take = (cmd) => got.splice(0).filter((packet) => packet.cmd === cmd);
  await send({ cmd: 'connect', ...settings });
  return { send, take };
}

const client = await connect('client');
await client.send({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: ['toString', 'constructor', '__proto__'].map((topic) => ({ topic, qos: 0 })),
});
const [{ granted }] = client.take('suback');
console.log(`SUBACK has ${granted.length} of 3 return codes.`);
process.exit(granted.length === 3 ? 0 : 1);

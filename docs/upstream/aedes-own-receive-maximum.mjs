// More unreleased messages than the broker's own receive maximum.
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import mqtt from 'mqtt-packet';

const broker = await Aedes.createBroker({ receiveMaximum: 2 });

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
  return { send, take, got };
}

const client = await connect('client', { protocolVersion: 5 });
for (const messageId of [1, 2, 3]) {
  await client.send({ cmd: 'publish', topic: 't', payload: 'x', qos: 2, messageId });
}
const accepted = client.got.filter(({ cmd }) => cmd === 'pubrec').length;
const [disconnect] = client.take('disconnect');
console.log(`Receive maximum 2: ${accepted} messages accepted.`);
console.log(`DISCONNECT: ${disconnect?.reasonCode ?? 'none'}, expected 147 (0x93).`);
process.exit(disconnect?.reasonCode === 0x93 ? 0 : 1);

// More messages than there are packet identifiers, while the first one is not acknowledged.
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
  return { send, take, stream };
}

const client = await connect('client');
const publish = (n) =>
  new Promise((done) => {
    broker.clients.client.publish({ topic: 't', payload: `${n}`, qos: 1 }, done);
  });
await publish(0);
const [{ messageId: inUse }] = client.take('publish');
let again = 0;
for (let n = 1; n <= 65_536; n++) {
  await publish(n);
  for (const { messageId } of client.take('publish')) {
    if (messageId === inUse) again++;
    else client.stream.write(mqtt.generate({ cmd: 'puback', messageId }));
  }
}
console.log(`The identifier in use is assigned ${again} times more, expected 0.`);
process.exit(again === 0 ? 0 : 1);

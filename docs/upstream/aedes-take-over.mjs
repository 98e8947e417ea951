// A client that reconnects in the moment in which its old connection ends.
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
  const cut = () => settle(atBroker.destroy());
  const closed = () => atBroker.destroyed;
  await send({ cmd: 'connect', ...settings });
  return { send, cut, closed };
}

const first = await connect('client');
await first.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] });
const connecting = connect('client');
await first.cut();
const second = await connecting;
const known = Object.keys(broker.clients).length;
console.log(`The broker knows ${known} clients, expected 1.`);
const third = await connect('client');
const open = [second, third].filter((client) => !client.closed()).length;
console.log(`After one more CONNECT as the same client: ${open} connections, expected 1.`);
process.exit(known === 1 && open === 1 ? 0 : 1);

// A delayed will whose session a clean start ends.
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
  const cut = () => settle(atBroker.destroy());
  await send({ cmd: 'connect', ...settings });
  return { send, take, cut };
}

const watcher = await connect('watcher');
await watcher.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] });
const properties = { willDelayInterval: 60 };
const session = {
  protocolVersion: 5,
  properties: { sessionExpiryInterval: 60 },
  will: { topic: 't', payload: Buffer.from('x'), qos: 0, retain: false, properties },
};
let sent = 0;
const first = await connect('absent', session);
await first.cut();
await connect('absent', { protocolVersion: 5, clean: true });
sent += watcher.take('publish').length;
console.log(`Clean start after the connection has ended: ${sent} wills, expected 1.`);
await connect('present', session);
await connect('present', { protocolVersion: 5, clean: true });
const takeOver = watcher.take('publish').length;
console.log(`Clean start that takes over the connection: ${takeOver} wills, expected 1.`);
process.exit(sent === 1 && takeOver === 1 ? 0 : 1);

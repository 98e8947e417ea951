// A will's delay interval, in the PUBLISH to a subscriber.
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

const watcher = await connect('watcher', { protocolVersion: 5 });
await watcher.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] });
const properties = { willDelayInterval: 60, contentType: 'text/plain' };
const will = { topic: 't', payload: Buffer.from('x'), qos: 0, retain: false, properties };
// Without a session expiry interval the session, and with it the delay, ends at once.
const client = await connect('client', { protocolVersion: 5, will });
await client.cut();
const [message] = watcher.take('publish');
console.log(`Properties of the PUBLISH: ${Object.keys(message.properties).sort().join(', ')}.`);
console.log('Expected: contentType.');
process.exit('willDelayInterval' in message.properties ? 1 : 0);

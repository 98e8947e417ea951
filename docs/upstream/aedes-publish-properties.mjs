// Properties that a client's PUBLISH may not have.
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

let passed = 0;
for (const properties of [
  { subscriptionIdentifier: 5 },
  { serverKeepAlive: 1 },
  { reasonString: 'x' },
  { willDelayInterval: 1 },
]) {
  const subscriber = await connect('subscriber', { protocolVersion: 5 });
  await subscriber.send({
    cmd: 'subscribe',
    messageId: 1,
    subscriptions: [{ topic: 't', qos: 0 }],
  });
  const publisher = await connect('publisher', { protocolVersion: 5 });
  await publisher.send({ cmd: 'publish', topic: 't', payload: 'x', qos: 0, properties });
  const [name] = Object.keys(properties);
  const [message] = subscriber.take('publish');
  if (message?.properties?.[name] !== undefined) passed++;
  console.log(`${name}: ${message ? 'passed on' : 'not passed on'}`);
}
console.log('Expected: not passed on.');
process.exit(passed === 0 ? 0 : 1);

// Messages with RETAIN 1 in a session that is kept.
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
  const closed = () => atBroker.destroyed;
  await send({ cmd: 'connect', ...settings });
  return { send, take, cut, closed };
}

const session = { protocolVersion: 5, clean: false, properties: { sessionExpiryInterval: 60 } };
const subscribe = (topic, qos, rap) => ({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic, qos, rap, nl: false, rh: 0 }],
});
const publish = (topic, qos) => ({
  cmd: 'publish',
  topic,
  payload: 'x',
  qos,
  retain: true,
  messageId: qos,
});
const publisher = await connect('publisher');
await publisher.send(publish('one', 1), publish('two', 2));

let client = await connect('a', session);
await client.send(subscribe('two', 2, false));
const [{ messageId }] = client.take('publish');
await client.send({ cmd: 'pubrec', messageId });
const refused = client.closed();
console.log(
  `PUBREC for a retained message: connection ${refused ? 'closed' : 'open'}, expected open.`,
);

client = await connect('b', session);
await client.send(subscribe('one', 1, false));
await client.cut();
const missing = (await connect('b', session)).take('publish').length;
console.log(`Not acknowledged, after a reconnect: sent ${missing} times, expected 1.`);

client = await connect('c', session);
await client.send(subscribe('live', 1, true));
await publisher.send(publish('live', 1));
await client.send({ cmd: 'puback', messageId: client.take('publish')[0].messageId });
await client.cut();
const repeated = (await connect('c', session)).take('publish').length;
console.log(`As published, acknowledged, after a reconnect: sent ${repeated} times, expected 0.`);
process.exit(!refused && missing === 1 && repeated === 0 ? 0 : 1);

// The stores that were given to connect(), after reconnect().
import net from 'node:net';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

const server = net.createServer((socket) => {
  const parser = packets.parser();
  socket.on('data', (bytes) => parser.parse(bytes));
  parser.on('packet', ({ cmd }) => {
    if (cmd === 'connect') {
      socket.write(packets.generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
    }
  });
});
await new Promise((resolve) => server.listen(0, resolve));

const outgoingStore = new mqtt.Store({ clean: false });
const { port } = server.address();
const client = mqtt.connect({ port, reconnectPeriod: 0, outgoingStore });
await new Promise((resolve) => client.once('connect', resolve));
await client.endAsync();
client.reconnect();
await new Promise((resolve) => client.once('connect', resolve));
const same = client.outgoingStore === outgoingStore;
console.log(
  `The client uses ${same ? 'the store of connect()' : 'another store'} after reconnect().`,
);
process.exit(same ? 0 : 1);

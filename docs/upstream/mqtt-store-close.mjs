// A client with a store of its own that connects again after end().
import net from 'node:net';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

process.on('uncaughtException', (error) => {
  console.log(`The second connect() ends the process: ${error.message}`);
  process.exit(1);
});

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

const { port } = server.address();
const client = mqtt.connect({ port, reconnectPeriod: 0, outgoingStore: new mqtt.Store() });
await new Promise((resolve) => client.once('connect', resolve));
await client.endAsync();
client.connect();
await new Promise((resolve) => client.once('connect', resolve));
console.log('The client is connected again.');
process.exit(0);

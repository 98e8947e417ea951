// A PUBLISH that MQTT.js sends again after a reconnect.
import net from 'node:net';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

const seen = [];
/** A broker that cuts the first connection at the first PUBLISH, and keeps the session. */
const server = net.createServer((socket) => {
  const parser = packets.parser();
  socket.on('data', (bytes) => parser.parse(bytes));
  parser.on('packet', ({ cmd, messageId, payload, dup }) => {
    if (cmd === 'connect') {
      const connack = { cmd: 'connack', returnCode: 0, sessionPresent: seen.length > 0 };
      socket.write(packets.generate(connack));
    }
    if (cmd !== 'publish') return;
    seen.push({ payload: String(payload), dup: Number(dup) });
    if (seen.length === 1) return socket.destroy();
    socket.write(packets.generate({ cmd: 'puback', messageId }));
    if (seen.length === 3) report();
  });
});
await new Promise((resolve) => server.listen(0, resolve));

const { port } = server.address();
const client = mqtt.connect({ port, clientId: 'client', clean: false, reconnectPeriod: 10 });
client.once('connect', () => client.publish('t', 'sent', { qos: 1 }));
client.once('close', () => client.publish('t', 'put while offline', { qos: 1 }));

function report() {
  for (const { payload, dup } of seen) console.log(`PUBLISH ${payload}: DUP ${dup}`);
  console.log('Expected: DUP 0, 1, 0.');
  process.exit(seen.map(({ dup }) => dup).join() === '0,1,0' ? 0 : 1);
}

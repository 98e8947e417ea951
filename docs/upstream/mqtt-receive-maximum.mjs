// More unacknowledged messages than the broker's receive maximum.
import net from 'node:net';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

let unacknowledged = 0;
let most = 0;
let acknowledged = 0;
/** A broker that acknowledges what it has only when a PINGREQ comes. */
const server = net.createServer((socket) => {
  const options = { protocolVersion: 5 };
  const waiting = [];
  const send = (packet) => socket.write(packets.generate(packet, options));
  const parser = packets.parser();
  socket.on('data', (bytes) => parser.parse(bytes));
  parser.on('packet', ({ cmd, messageId }) => {
    if (cmd === 'connect') {
      send({ cmd: 'connack', reasonCode: 0, properties: { receiveMaximum: 2 } });
    } else if (cmd === 'publish') {
      waiting.push(messageId);
      most = Math.max(most, ++unacknowledged);
    } else if (cmd === 'pingreq') {
      for (const id of waiting.splice(0)) {
        unacknowledged--;
        send({ cmd: 'puback', messageId: id, reasonCode: 0 });
      }
      send({ cmd: 'pingresp' });
    }
  });
});
await new Promise((resolve) => server.listen(0, resolve));

const client = mqtt.connect({ port: server.address().port, protocolVersion: 5 });
client.on('packetreceive', ({ cmd }) => {
  if (cmd === 'pingresp' && acknowledged < 6) client.sendPing();
});
client.on('connect', () => {
  for (let n = 0; n < 6; n++) {
    client.publish('t', 'x', { qos: 1 }, () => {
      if (++acknowledged < 6) return;
      console.log(`Receive maximum 2: ${most} messages without an acknowledgement.`);
      process.exit(most <= 2 ? 0 : 1);
    });
  }
  client.sendPing();
});

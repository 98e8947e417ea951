import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  // Fill in what the bytes say.
});
console.log('Connected.');

client.end(true); // the connection closes without DISCONNECT

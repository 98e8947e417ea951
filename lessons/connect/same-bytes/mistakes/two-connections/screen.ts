import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
const screen = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'lobby-screen',
  keepalive: 30,
  username: 'lobby',
});
console.log('Connected.');
await client.endAsync();

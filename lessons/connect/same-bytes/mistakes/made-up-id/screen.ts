import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientID: 'lobby-screen',
  keepalive: 30,
  username: 'lobby',
});
console.log('Connected.');

await client.endAsync();

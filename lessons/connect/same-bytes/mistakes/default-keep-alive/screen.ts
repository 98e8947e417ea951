import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'lobby-screen',
  keepAlive: 30,
  username: 'lobby',
});
console.log('Connected.');

await client.endAsync();
